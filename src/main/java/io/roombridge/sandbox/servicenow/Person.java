package io.roombridge.sandbox.servicenow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody who works at the desk, or a caller of it. Every verb is one write signed with this user.
 *
 * <p>All verbs throw {@link IllegalArgumentException} for an incident that does not exist and
 * {@link IllegalStateException} with the instance's words for a write that a rule refuses.
 */
public final class Person {

    private final Desk desk;
    private final User user;

    Person(Desk desk, User user) {
        this.desk = desk;
        this.user = user;
    }

    /** Writes what the customer reads. */
    public Incident comment(String sysId, String text) {
        return set(sysId, "comments", text);
    }

    /** Writes what only the desk reads. */
    public Incident workNote(String sysId, String text) {
        return set(sysId, "work_notes", text);
    }

    /** @return the sys_id of the attachment */
    public String attach(String sysId, String name, String type, byte[] bytes) {
        return desk.attach(user, sysId, name, type, bytes);
    }

    /** Gives the incident to this user and starts the work: In Progress. */
    public Incident assign(String sysId, String userName) {
        String assignee = desk.find("sys_user", "user_name", userName)
                .orElseThrow(() -> new IllegalArgumentException("no such user: " + userName));
        return set(sysId, Map.of("assigned_to", assignee, "state", Incidents.IN_PROGRESS));
    }

    /** @param reason the stored value: 1 Awaiting Caller, 3 Problem, 4 Vendor, 5 Change */
    public Incident hold(String sysId, String reason) {
        return set(sysId, Map.of("state", Incidents.ON_HOLD, "hold_reason", reason));
    }

    public Incident resolve(String sysId, String code, String notes) {
        return set(sysId, Map.of("state", Incidents.RESOLVED, "close_code", code, "close_notes", notes));
    }

    /** Back to In Progress. */
    public Incident reopen(String sysId) {
        return set(sysId, "state", Incidents.IN_PROGRESS);
    }

    /** From Resolved to Closed; an incident that was not resolved is refused by the data policy. */
    public Incident close(String sysId) {
        return set(sysId, "state", Incidents.CLOSED);
    }

    public Incident cancel(String sysId, String code) {
        return set(sysId, Map.of("state", Incidents.CANCELED, "close_code", code));
    }

    public void delete(String sysId) {
        desk.delete(user, sysId);
    }

    public Incident set(String sysId, String field, String value) {
        return set(sysId, Map.of(field, value));
    }

    /** Several fields in one write. */
    public Incident set(String sysId, Map<String, String> values) {
        return desk.write(user, sysId, new LinkedHashMap<>(values));
    }

    /** Makes a row of any table, for example of {@code cmdb_ci} or an incident that nobody's bridge opened. */
    public String insert(String table, Map<String, String> values) {
        return desk.insert(user, table, new LinkedHashMap<>(values));
    }
}
