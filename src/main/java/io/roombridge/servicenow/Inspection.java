package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What nobody but doctor asks of an instance: rows of any table, how a time is shown, and the end of a record.
 *
 * <p>All methods make one call and throw {@link ServiceNowFailure}.
 */
public final class Inspection {

    private static final String INCIDENT = "incident";

    private final Calls calls;

    Inspection(Calls calls) {
        this.calls = calls;
    }

    /** At most so many rows with these fields; what this user may not read is missing without an error. */
    public List<Map<String, String>> rows(String table, Query query, int limit, List<String> fields) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Map<?, ?> row : calls.records(Request.find(RateGovernor.Purpose.READ, table, query, limit, fields))) {
            Map<String, String> texts = new HashMap<>();
            fields.forEach(field -> texts.put(field, Row.text(row, field)));
            rows.add(texts);
        }
        return rows;
    }

    /**
     * A time as the instance stores it (UTC) and as it shows it to this user.
     *
     * @param gmt whether both say the same: the user's time zone is GMT and the date format the system's own
     */
    public record ShownTime(String stored, String shown) {
        public boolean gmt() {
            return stored.equals(shown);
        }
    }

    /** How the creation of an incident is shown; empty when the incident is not there. */
    public Optional<ShownTime> shownCreation(String sysId) {
        Query query = Query.where("sys_id", SysId.required(sysId));
        return calls
                .records(Request.findShown(
                        RateGovernor.Purpose.READ, INCIDENT, query, 1, List.of("sys_id", "sys_created_on")))
                .stream()
                .filter(row -> Row.text(row, "sys_id").equals(sysId))
                .map(row -> new ShownTime(Row.text(row, "sys_created_on"), Row.shown(row, "sys_created_on")))
                .findFirst();
    }

    /** @return false when this user may not delete incidents */
    public boolean deleteIncident(String sysId) {
        try {
            calls.done(Request.delete(INCIDENT, sysId));
            return true;
        } catch (ServiceNowFailure failure) {
            if (failure.reason() == Reason.REFUSED_BY_ACL || failure.reason() == Reason.REFUSED) {
                return false;
            }
            throw failure;
        }
    }
}
