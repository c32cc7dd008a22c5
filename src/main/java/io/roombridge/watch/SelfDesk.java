package io.roombridge.watch;

import io.roombridge.route.Desk;
import io.roombridge.route.PeopleFirst;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reference;
import io.roombridge.watch.Verdict.Seen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instance that has the bridge's own incident: how it is found, read and written. */
public final class SelfDesk {

    /** Not {@code rb-}: nothing of it is ever read as a change of a ticket. */
    private static final String PREFIX = "roombridge-self-";

    private static final String WORK_NOTES = "work_notes";
    private static final Logger LOG = LoggerFactory.getLogger(SelfDesk.class);

    private final Desk desk;
    private final String group;
    private final String name;

    /**
     * @param group the name of the group that looks after the bridge
     * @param name of the cluster, which has one incident
     */
    public SelfDesk(Desk desk, String group, String name) {
        this.desk = desk;
        this.group = group;
        this.name = name;
    }

    String instance() {
        return desk.name();
    }

    String correlationId() {
        return PREFIX + name;
    }

    /** The mark of the write that was prepared at a time; it signs what was written. */
    String reference(Instant at) {
        return Reference.of(new ChangeId(correlationId() + "#" + at.toEpochMilli()), 1)
                .value();
    }

    /** @throws io.roombridge.servicenow.ServiceNowFailure when a write would not leave now */
    void requireOpen() {
        desk.gateway().requireOpen(true);
    }

    Optional<Seen> see(String incident) {
        return desk.gateway()
                .read(incident)
                .map(read -> new Seen(
                        read.state().orElse(IncidentState.IN_PROGRESS),
                        PeopleFirst.atWork(read, desk.journal(incident), desk.user())));
    }

    /** Returns the sys_id of the new incident. */
    String create(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("correlation_id", correlationId());
        fields.put("correlation_display", "Roombridge itself");
        fields.put("short_description", SelfText.title(name));
        fields.put("description", text);
        fields.put("impact", "2");
        fields.put("urgency", "2");
        one("sys_user_group", "name", group).ifPresent(id -> fields.put("assignment_group", id));
        one("sys_user", "user_name", desk.user()).ifPresent(id -> fields.put("caller_id", id));
        return desk.gateway().create(fields).sysId();
    }

    private Optional<String> one(String table, String field, String value) {
        Optional<String> found = desk.gateway().onlyOne(table, field, value);
        if (found.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("instance", desk.name())
                    .addKeyValue("table", table)
                    .addKeyValue("wanted", value)
                    .log("the bridge's own incident is made without it: it is not exactly one record of the instance");
        }
        return found;
    }

    String note(String incident, String reference, String text) {
        return update(incident, Map.of(WORK_NOTES, signed(text, reference)));
    }

    String resolve(String incident, String reference, String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("state", IncidentState.RESOLVED.value());
        desk.closeCode().ifPresent(code -> fields.put("close_code", code));
        fields.put("close_notes", text);
        fields.put(WORK_NOTES, signed(text, reference));
        return update(incident, fields);
    }

    String reopen(String incident, String reference, String text) {
        return update(incident, Map.of("state", IncidentState.NEW.value(), WORK_NOTES, signed(text, reference)));
    }

    private String update(String incident, Map<String, String> fields) {
        return desk.gateway().update(incident, fields).sysId();
    }

    private static String signed(String text, String reference) {
        return new Reference(reference).signing(text);
    }

    /** Whether an entry of the incident is signed by that mark. */
    boolean carries(String incident, String reference) {
        return desk.journal(incident).stream().anyMatch(entry -> new Reference(reference).signs(entry.value()));
    }

    /** The incident of this name that is not over, if there is one. */
    Optional<String> active() {
        return desk.gateway().findByCorrelation(correlationId()).stream()
                .filter(read -> read.state().filter(IncidentState::active).isPresent())
                .map(IncidentRecord::sysId)
                .findFirst();
    }
}
