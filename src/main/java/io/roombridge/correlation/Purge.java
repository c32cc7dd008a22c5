package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes out of the store what has outlived its use (docs/rationale.md, "Seven days"), a bounded number of rows in one
 * transaction. Tickets, what a person has to see, hashes and decisions stay.
 */
public final class Purge {

    /** How many rows go in one transaction; so many commits of others at most wait for one of it. */
    private static final int AT_ONCE = 500;

    private static final String EVERY = "true";

    private static final List<Outlived> OUTLIVED = List.of(
            new Outlived("history", "at", EVERY, Ages::history),
            // While shadow mode lasts its incidents are the sum of these; afterwards reports are, for their time.
            new Outlived(
                    "shadow_write", "at", "exists (select 1 from store_life where name = 'activation')", Ages::history),
            new Outlived("change_outcome", "at", EVERY, Ages::outcomes),
            new Outlived("rule_outcome", "at", EVERY, Ages::outcomes),
            new Outlived("hourly_count", "starts_at", EVERY, Ages::history),
            // What carries a text stays for ever: by it a quotation of years ago is known for the bridge's own.
            new Outlived("intent", "opened_at", "result is not null and body_hash is null", Ages::outcomes),
            new Outlived("dead_letter", "at", "state = 'KEPT' and reason = 'UNKNOWN_TYPE'", Ages::payloads),
            new Outlived("dead_letter", "settled_at", EVERY, Ages::letters),
            new Outlived("look_again", "asked_at", EVERY, Ages::letters));

    /** Their ids stay, so that they are known when they return. */
    private static final String SENT =
            "update portal_command set body = '' where position in (select position from portal_command"
                    + " where body <> '' and (sent_at < :before or dead_at < :before and not exists"
                    + " (select 1 from dead_letter d where d.tenant = portal_command.tenant"
                    + " and d.change_id = '/roombridge/command#' || portal_command.command_id)) limit :most)";

    private final Jdbi jdbi;
    private final TicketCache cache;

    Purge(Jdbi jdbi, TicketCache cache) {
        this.jdbi = jdbi;
        this.cache = cache;
    }

    /**
     * Since when each kind of thing is kept, by the bridge's clock.
     *
     * @param history what happened to tickets, and what shadow mode decided
     * @param outcomes what became of events and writes
     * @param payloads what the portal and the bridge said to each other in words
     * @param letters dead letters from the moment in which a person replayed or dropped them
     */
    public record Ages(Instant now, Instant history, Instant outcomes, Instant payloads, Instant letters) {}

    /** Rows that go when they are so old, and fulfil a condition. */
    private record Outlived(String table, String time, String condition, Function<Ages, Instant> before) {

        private String rows() {
            return " from " + table + " where " + time + " < :before and " + condition;
        }
    }

    /** Returns how many rows went or lost their words, by table; tables without any are left out. */
    public Map<String, Integer> before(Ages ages) {
        Map<String, Integer> gone = new LinkedHashMap<>();
        OUTLIVED.forEach(rows ->
                count(gone, rows.table(), () -> delete(rows, rows.before().apply(ages))));
        count(gone, "portal_command", () -> sent(ages.payloads()));
        jdbi.useHandle(handle -> boundTheFuture(handle, ages));
        count(gone, "ticket", () -> tickets(ages.payloads()));
        count(gone, "device_place", () -> places(ages));
        count(gone, "shadow_write", () -> shadow(ages.payloads()));
        return gone;
    }

    private static void count(Map<String, Integer> gone, String table, IntSupplier batch) {
        for (int rows = batch.getAsInt(); rows > 0; rows = batch.getAsInt()) {
            gone.merge(table, rows, Integer::sum);
        }
    }

    /**
     * The oldest of them, up to the time of the last that goes at once: a list of keys would make H2 compare each row of the
     * table with it. Rows of the very same time go together.
     */
    private int delete(Outlived rows, Instant before) {
        return jdbi.inTransaction(handle -> {
            OffsetDateTime last = handle.createQuery("select " + rows.time() + rows.rows() + " order by " + rows.time()
                            + " limit 1 offset " + (AT_ONCE - 1))
                    .bind("before", Tickets.at(before))
                    .mapTo(OffsetDateTime.class)
                    .findOne()
                    .orElse(Tickets.at(before));
            return handle.createUpdate("delete" + rows.rows() + " and " + rows.time() + " <= :last")
                    .bind("before", Tickets.at(before))
                    .bind("last", last)
                    .execute();
        });
    }

    private int sent(Instant before) {
        return jdbi.withHandle(handle -> handle.createUpdate(SENT)
                .bind("before", Tickets.at(before))
                .bind("most", AT_ONCE)
                .execute());
    }

    /** An event from a clock that is ahead would never grow old: its days are counted from when it is seen here. */
    private static void boundTheFuture(Handle handle, Ages ages) {
        handle.createUpdate("update ticket set event_at = :now where event_at > :now")
                .bind("now", Tickets.at(ages.now()))
                .execute();
    }

    /** A ticket that somebody commits at the same moment is another version, and taken up by the next run. */
    private int tickets(Instant before) {
        List<Ticket> reduced = jdbi.inTransaction(handle -> handle
                .createQuery("select document, version from ticket where event_at < :before"
                        + " order by event_at limit :most")
                .bind("before", Tickets.at(before))
                .bind("most", AT_ONCE)
                .map((row, context) -> Tickets.read(row))
                .list()
                .stream()
                .filter(ticket -> Tickets.reduce(handle, ticket, Reduced.ticket(ticket)))
                .toList());
        reduced.forEach(ticket -> cache.forget(TicketAddress.of(ticket)));
        return reduced.size();
    }

    /** One from a clock that is ahead needs not wait: what reports are made of stays. */
    private int places(Ages ages) {
        return jdbi.inTransaction(handle -> handle
                .createQuery("select tenant, device, blocks from device_place where (at < :before or at > :now)"
                        + " and (reduced_at is null or reduced_at < at) limit :most")
                .bind("before", Tickets.at(ages.payloads()))
                .bind("now", Tickets.at(ages.now()))
                .bind("most", AT_ONCE)
                .map((row, context) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
                .list()
                .stream()
                .mapToInt(place -> handle.createUpdate("update device_place set blocks = ?, reduced_at = at"
                                + " where tenant = ? and device = ? and blocks = ?")
                        .bind(0, Reduced.blocks(place.get(2)))
                        .bind(1, place.get(0))
                        .bind(2, place.get(1))
                        .bind(3, place.get(2))
                        .execute())
                .sum());
    }

    private int shadow(Instant before) {
        return jdbi.inTransaction(handle -> handle
                .createQuery("select position, fields from shadow_write where reduced = false and at < :before"
                        + " order by at limit :most")
                .bind("before", Tickets.at(before))
                .bind("most", AT_ONCE)
                .map((row, context) -> Map.entry(row.getLong(1), row.getString(2)))
                .list()
                .stream()
                .mapToInt(write -> handle.createUpdate(
                                "update shadow_write set fields = ?, reduced = true" + " where position = ?")
                        .bind(0, Reduced.fields(write.getValue()))
                        .bind(1, write.getKey())
                        .execute())
                .sum());
    }
}
