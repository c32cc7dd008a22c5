package io.roombridge.correlation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The rows of {@code work_lease}: who does which work, among all processes that share the store. A lease that was not
 * renewed in time is anybody's, and its fence rises when it changes hands, so that a worker which slept through its time is
 * told from the present one. The time is the database's, the one clock that all processes share.
 */
final class WorkLeases {

    private static final String HELD = "select fence from work_lease where name = :name and holder = :holder"
            + " and fence = :fence and until_at > :now";

    private final Jdbi jdbi;
    private final String holder;
    private final List<String> names;
    private final Duration length;

    /**
     * @param holder names this process, not the machine: a restart is another holder
     * @param length how long a lease lasts without being renewed
     */
    WorkLeases(Jdbi jdbi, String holder, List<String> names, Duration length) {
        this.jdbi = jdbi;
        this.holder = holder;
        this.names = List.copyOf(names);
        this.length = length;
    }

    /** Makes sure that every lease has a row; a new one is nobody's. */
    void prepare() {
        names.forEach(name -> UniqueKey.tryInsert(
                jdbi,
                insert -> insert.createUpdate(
                                "insert into work_lease (name, holder, fence, until_at) values (?, '', 0, ?)")
                        .bind(0, name)
                        .bind(1, Tickets.at(Instant.EPOCH))));
    }

    /** Renews what is ours and takes what is nobody's; the fences of all that is ours then. */
    Map<String, Long> take() {
        return jdbi.inTransaction(handle -> take(handle, now(handle)));
    }

    Map<String, Long> take(Handle handle, Instant now) {
        Instant until = now.plus(length);
        handle.createUpdate("update work_lease set until_at = :until where holder = :holder and until_at > :now")
                .bind("until", Tickets.at(until))
                .bind("holder", holder)
                .bind("now", Tickets.at(now))
                .execute();
        handle.createUpdate("update work_lease set holder = :holder, fence = fence + 1, until_at = :until"
                        + " where until_at <= :now and name in (<names>)")
                .bindList("names", names)
                .bind("until", Tickets.at(until))
                .bind("holder", holder)
                .bind("now", Tickets.at(now))
                .execute();
        return handle.createQuery("select name, fence from work_lease where holder = :holder and until_at > :now")
                .bind("holder", holder)
                .bind("now", Tickets.at(now))
                .reduceRows(new HashMap<>(), (ours, row) -> {
                    ours.put(row.getColumn("name", String.class), row.getColumn("fence", Long.class));
                    return ours;
                });
    }

    /** Whether a lease is still ours under this fence. */
    boolean holds(String name, long fence) {
        return jdbi.withHandle(handle -> holds(handle, name, fence, now(handle)));
    }

    boolean holds(Handle handle, String name, long fence, Instant now) {
        return row(handle, HELD, name, fence, now);
    }

    /** The same; if it is, the row stays locked until the transaction ends. */
    boolean locks(Handle transaction, String name, long fence) {
        return row(transaction, HELD + " for update", name, fence, now(transaction));
    }

    private boolean row(Handle handle, String sql, String name, long fence, Instant now) {
        return handle.createQuery(sql)
                .bind("name", name)
                .bind("holder", holder)
                .bind("fence", fence)
                .bind("now", Tickets.at(now))
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** Gives back what is ours, so that nobody has to wait for its end. */
    void release() {
        jdbi.useHandle(handle -> handle.createUpdate("update work_lease set until_at = :epoch where holder = :holder")
                .bind("epoch", Tickets.at(Instant.EPOCH))
                .bind("holder", holder)
                .execute());
    }

    private static Instant now(Handle handle) {
        return handle.createQuery("select current_timestamp")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }
}
