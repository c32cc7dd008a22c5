package io.roombridge.correlation;

import io.roombridge.conversation.TextHash;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of gathered notes. */
final class GatheredNotes {

    private static final String OF_TICKET = " where tenant = :tenant and instance = :instance and ticket_id = :ticket";

    private GatheredNotes() {}

    static void add(Handle handle, GatheredNote note) {
        handle.createUpdate("insert into gathered_note (tenant, instance, ticket_id, change_id, text, due_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .bind(0, note.tenant())
                .bind(1, note.instance())
                .bind(2, note.ticket().value())
                .bind(3, note.change().value())
                .bind(4, note.text())
                .bind(5, Tickets.at(note.dueAt()))
                .execute();
    }

    /** Tickets whose oldest note is due, the longest waiting first. */
    static List<Ticket> due(Handle handle, String instance, Instant now, int limit) {
        return handle.createQuery("select t.document, t.version from ticket t join (select tenant, instance, ticket_id,"
                        + " min(due_at) as due_at from gathered_note group by tenant, instance, ticket_id) g"
                        + " on g.tenant = t.tenant and g.instance = t.instance and g.ticket_id = t.id"
                        + " where g.due_at <= ? and t.instance = ? and "
                        + Pauses.open("t.tenant", Direction.TO_SERVICENOW) + " order by g.due_at, t.id limit ?")
                .bind(0, Tickets.at(now))
                .bind(1, instance)
                .bind(2, limit)
                .map((row, context) -> Tickets.read(row))
                .list();
    }

    /** A batch whose write was cut off comes first; without one, everything gathered becomes the next batch. */
    static Optional<GatheredBatch> batch(Handle handle, Ticket ticket) {
        lock(handle, ticket);
        Optional<Long> number = number(handle, ticket, "min(batch)");
        if (number.isEmpty()) {
            number = number(handle, ticket, "min(position)");
            number.ifPresent(
                    first -> of(handle.createUpdate("update gathered_note set batch = :batch" + OF_TICKET), ticket)
                            .bind("batch", first)
                            .execute());
        }
        return number.map(batch -> new GatheredBatch(
                ticket.tenant(),
                ticket.instance(),
                batch,
                new ChangeId(of(
                                handle.createQuery("select change_id from gathered_note" + OF_TICKET
                                        + " and batch = :batch order by position limit 1"),
                                ticket)
                        .bind("batch", batch)
                        .mapTo(String.class)
                        .one()),
                of(
                                handle.createQuery("select text from gathered_note" + OF_TICKET
                                        + " and batch = :batch order by position"),
                                ticket)
                        .bind("batch", batch)
                        .mapTo(String.class)
                        .list()));
    }

    /** Two nodes may be at it: a note that came in between must not get into the batch that one of them has read. */
    private static void lock(Handle handle, Ticket ticket) {
        of(
                        handle.createQuery(
                                "select position from gathered_note" + OF_TICKET + " order by position for update"),
                        ticket)
                .mapTo(Long.class)
                .list();
    }

    private static Optional<Long> number(Handle handle, Ticket ticket, String which) {
        return of(handle.createQuery("select " + which + " as number from gathered_note" + OF_TICKET), ticket)
                .map((row, context) -> Optional.ofNullable(row.getObject("number", Long.class)))
                .one();
    }

    static void forget(Handle handle, GatheredBatch batch) {
        handle.createUpdate("delete from gathered_note where tenant = ? and instance = ? and batch = ?")
                .bind(0, batch.tenant())
                .bind(1, batch.instance())
                .bind(2, batch.number())
                .execute();
    }

    /** A text of an old backup that was written since; each is known by the reference of its hash. */
    static void forgetSaid(Handle handle, Ticket ticket, Set<String> references) {
        of(handle.createQuery("select position, text from gathered_note" + OF_TICKET), ticket)
                .map((row, context) -> Map.entry(row.getLong("position"), row.getString("text")))
                .list()
                .stream()
                .filter(note -> references.contains(Reference.of(ChangeId.ofText(TextHash.of(note.getValue())), 0)
                        .value()))
                .forEach(note -> handle.execute("delete from gathered_note where position = ?", note.getKey()));
    }

    private static <S extends SqlStatement<S>> S of(S statement, Ticket ticket) {
        return statement
                .bind("tenant", ticket.tenant())
                .bind("instance", ticket.instance())
                .bind("ticket", ticket.id().value());
    }
}
