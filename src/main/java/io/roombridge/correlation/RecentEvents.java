package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The tickets that something happened to of late, each with the event it rests on. */
public final class RecentEvents {

    /** A ticket has several events in a row; so many are looked through for each ticket wanted. */
    private static final int EVENTS_A_TICKET = 10;

    private final Jdbi jdbi;

    public RecentEvents(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The last to change first. */
    public List<Ticket> last(int tickets) {
        return jdbi.withHandle(handle -> handle
                .createQuery("select tenant, ticket_id from change_outcome where ticket_id is not null"
                        + " order by at desc limit ?")
                .bind(0, tickets * EVENTS_A_TICKET)
                .map((row, context) -> List.of(row.getString("tenant"), row.getString("ticket_id")))
                .stream()
                .distinct()
                .limit(tickets)
                .flatMap(id -> handle
                        .createQuery("select document, version from ticket where tenant = ? and id = ?")
                        .bind(0, id.get(0))
                        .bind(1, id.get(1))
                        .map((row, context) -> Tickets.read(row))
                        .stream())
                .toList());
    }
}
