package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Tickets as people look them up: by what they know of one, with what waits and what happened last. Changes nothing. */
public final class TicketBook {

    private static final int MOST = 20;

    private final Jdbi jdbi;

    public TicketBook(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A command to the portal that the hub has not accepted yet. */
    public record Untold(String name, Instant decidedAt, int tries) {}

    /**
     * The tickets of that name, the newest first; of several instances or tenants there may be more than one.
     *
     * @param name the number of any of its incidents, a ticket id or a canonical key, in any case
     */
    public List<Ticket> named(String name) {
        String id = TicketKey.parse(name).map(key -> key.id().value()).orElse(name.toLowerCase(Locale.ROOT));
        return jdbi.withHandle(handle -> handle.createQuery("select t.document, t.version from ticket t"
                        + " where t.id in (select i.ticket_id from incident i where i.number = :number"
                        + " and i.tenant = t.tenant and i.instance = t.instance) or t.id = :id"
                        + " order by t.created_at desc, t.id limit :most")
                .bind("id", id)
                .bind("number", name.toUpperCase(Locale.ROOT))
                .bind("most", MOST)
                .map((row, context) -> Tickets.read(row))
                .list());
    }

    /** What happened last, in its order. */
    public List<HistoryEntry> last(Ticket ticket, int limit) {
        List<HistoryEntry> newest = new ArrayList<>(jdbi.withHandle(handle -> Histories.newest(handle, ticket, limit)));
        Collections.reverse(newest);
        return newest;
    }

    /** Writes of which it is not known whether they were done. */
    public List<Intent> writesInDoubt(Ticket ticket) {
        return jdbi.withHandle(handle -> Intents.open(handle, ticket));
    }

    public List<Untold> untold(Ticket ticket) {
        return jdbi.withHandle(handle -> handle.createQuery("select name, decided_at, tries from portal_command"
                        + " where tenant = ? and instance = ? and ticket_id = ? and sent_at is null and dead_at is null"
                        + " order by position")
                .bind(0, ticket.tenant())
                .bind(1, ticket.instance())
                .bind(2, ticket.id().value())
                .map((row, context) -> new Untold(
                        row.getString("name"),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                        row.getInt("tries")))
                .list());
    }

    /** Files in both directions that are on their way, or do not travel. */
    public List<FileJob> filesNotThere(Ticket ticket) {
        return new FileJobs(jdbi)
                .of(ticket).stream()
                        .filter(job -> job.state() != FileJob.State.DONE)
                        .toList();
    }

    /** Whether output of automation waits to be written as one note. */
    public boolean gathers(Ticket ticket) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from gathered_note where tenant = ?"
                                + " and instance = ? and ticket_id = ?")
                        .bind(0, ticket.tenant())
                        .bind(1, ticket.instance())
                        .bind(2, ticket.id().value())
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }

    public Optional<ClosingClock> clock(Ticket ticket) {
        return new ClosingBook(jdbi).clock(ticket);
    }

    /** Its dead, parked and kept changes that are open, the oldest first. */
    public List<KeptLetter> letters(Ticket ticket) {
        return new DeadLetterBook(jdbi)
                .list(
                        new LetterFilter(
                                List.of(),
                                LetterFilter.OPEN,
                                Optional.empty(),
                                Optional.of(ticket.id().value())),
                        MOST);
    }
}
