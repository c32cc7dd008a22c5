package io.roombridge.correlation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * How long customers wait for the first word of the SOC, from the facts recorded for the closing; nothing of it is stored
 * twice. A response is what a person writes to the customer, or takes the incident up with: an assignment, another state.
 * It is measured from the first fact of the ticket, that is once for each ticket.
 */
public final class FirstResponses {

    private static final String RESPONSES = "('SOC_ENTRY', 'ASSIGNED', 'DESK_STATE')";

    private final Jdbi jdbi;

    public FirstResponses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A ticket's first response, and how long its customer waited for it; never negative. */
    public record FirstResponse(String tenant, Duration waited) {}

    /** First responses that became known in this time: after the first moment, up to the second. */
    public List<FirstResponse> recorded(Instant after, Instant until) {
        return jdbi.withHandle(handle -> handle.createQuery("select a.tenant, a.at as answered, (" + opened("a")
                        + ") as opened from ticket_activity a where a.kind in " + RESPONSES
                        + " and a.recorded_at > ? and a.recorded_at <= ?"
                        + " and not exists (select 1 from ticket_activity e where e.tenant = a.tenant"
                        + " and e.instance = a.instance and e.ticket_id = a.ticket_id and e.kind in " + RESPONSES
                        + " and (e.at < a.at or (e.at = a.at and e.position < a.position)))")
                .bind(0, Tickets.at(after))
                .bind(1, Tickets.at(until))
                .map((row, context) -> {
                    Instant opened =
                            row.getObject("opened", OffsetDateTime.class).toInstant();
                    Instant answered =
                            row.getObject("answered", OffsetDateTime.class).toInstant();
                    return new FirstResponse(
                            row.getString("tenant"),
                            answered.isBefore(opened) ? Duration.ZERO : Duration.between(opened, answered));
                })
                .list());
    }

    /** How many tickets with an open incident nobody has responded to, by tenant, of those opened before the moment. */
    public Map<String, Long> waitingSince(Instant moment) {
        return jdbi
                .withHandle(handle -> handle.createQuery("select t.tenant, count(*) as waiting from ticket t"
                                + " where exists (select 1 from incident i where i.tenant = t.tenant"
                                + " and i.instance = t.instance and i.ticket_id = t.id"
                                + " and i.state in ('NEW', 'IN_PROGRESS', 'ON_HOLD'))"
                                + " and not exists (select 1 from ticket_activity a where a.tenant = t.tenant"
                                + " and a.instance = t.instance and a.ticket_id = t.id and a.kind in " + RESPONSES + ")"
                                + " and (select min(f.at) from ticket_activity f where f.tenant = t.tenant"
                                + " and f.instance = t.instance and f.ticket_id = t.id) < ? group by t.tenant")
                        .bind(0, Tickets.at(moment))
                        .map((row, context) -> Map.entry(row.getString("tenant"), row.getLong("waiting")))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String opened(String activity) {
        return "select min(o.at) from ticket_activity o where o.tenant = " + activity + ".tenant and o.instance = "
                + activity + ".instance and o.ticket_id = " + activity + ".ticket_id";
    }
}
