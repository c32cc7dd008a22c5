package io.roombridge.correlation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The events that were posted over HTTP, from the moment their sender is told that they are taken until they are finished:
 * one more partition, whose checkpoint is the deletion of rows. Positions rise without gaps in the order of the commits,
 * whichever node stores them, so whoever reads upwards misses none.
 */
public final class Inbox {

    private final Jdbi jdbi;
    private final int capacity;

    /** @param capacity how many events may wait at most */
    public Inbox(Jdbi jdbi, int capacity) {
        this.jdbi = jdbi;
        this.capacity = capacity;
    }

    /**
     * One event to be stored.
     *
     * @param orderKey events that share it are applied in the order of their positions; empty: ordered with nobody
     * @param payload the event as structured-mode JSON
     */
    public record Posted(Optional<String> orderKey, String payload) {}

    /** A stored event, and where it stands. */
    public record Row(long position, Posted event) {}

    /**
     * Stores events in their order, all or none; when this returns they survive a crash.
     *
     * @param source who posted them, as the settings name it
     * @param now the machine's clock
     * @return false when they do not fit, and nothing was stored
     */
    public boolean put(String source, List<Posted> events, Instant now) {
        return jdbi.inTransaction(handle -> {
            long end = handle.createQuery("select position from inbox_end where name = 'inbox' for update")
                    .mapTo(Long.class)
                    .one();
            if (waiting(handle) + events.size() > capacity) {
                return false;
            }
            PreparedBatch rows = handle.prepareBatch(
                    "insert into inbox (position, source, order_key, payload, received_at) values (?, ?, ?, ?, ?)");
            for (Posted event : events) {
                rows.bind(0, ++end)
                        .bind(1, source)
                        .bind(2, event.orderKey().orElse(null))
                        .bind(3, event.payload())
                        .bind(4, Tickets.at(now))
                        .add();
            }
            rows.execute();
            handle.createUpdate("update inbox_end set position = ? where name = 'inbox'")
                    .bind(0, end)
                    .execute();
            return true;
        });
    }

    private static long waiting(Handle handle) {
        return handle.createQuery("select count(*) from inbox")
                .mapTo(Long.class)
                .one();
    }

    /** The events beyond a position, in their order. */
    public List<Row> after(long position, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select position, order_key, payload from inbox where position > ? order by position limit ?")
                .bind(0, position)
                .bind(1, limit)
                .map((row, context) -> read(row))
                .list());
    }

    /** An event as it is now: a person may have been erased from it since it was read. */
    public Row current(Row read) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select position, order_key, payload from inbox where position = ?")
                        .bind(0, read.position())
                        .map((row, context) -> read(row))
                        .findOne()
                        .orElse(read));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("position"),
                new Posted(Optional.ofNullable(row.getString("order_key")), row.getString("payload")));
    }

    /** Everything up to this position has its outcome, and that is committed: it is not needed any more. */
    public void finished(long upTo) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from inbox where position <= ?")
                .bind(0, upTo)
                .execute());
    }

    /** The position of the newest event that was ever stored; 0 before the first. */
    public long end() {
        return jdbi.withHandle(handle -> handle.createQuery("select position from inbox_end where name = 'inbox'")
                .mapTo(Long.class)
                .one());
    }

    /** Everything up to this position is finished. */
    public long finishedUpTo() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce((select min(position) - 1 from inbox), (select position from inbox_end"
                                + " where name = 'inbox'))")
                .mapTo(Long.class)
                .one());
    }
}
