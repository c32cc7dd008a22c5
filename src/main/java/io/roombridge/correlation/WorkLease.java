package io.roombridge.correlation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One worker for one kind of work among all processes that share the store. The fence rises whenever the lease changes
 * hands, so that a worker which slept through its time is told from the present one.
 */
public final class WorkLease {

    private final Jdbi jdbi;
    private final String name;
    private final String holder;
    private final Duration length;

    /**
     * @param holder names this process, not the machine: a restart is another holder
     * @param length how long the lease lasts without being renewed
     */
    public WorkLease(Jdbi jdbi, String name, String holder, Duration length) {
        this.jdbi = jdbi;
        this.name = name;
        this.holder = holder;
        this.length = length;
    }

    /** Takes or renews the lease; the fence while it is ours, empty while it is another's. */
    public Optional<Long> take(Instant now) {
        return jdbi.inTransaction(handle -> {
            int rows = handle.createUpdate("update work_lease set until_at = :until,"
                            + " fence = case when holder = :holder then fence else fence + 1 end, holder = :holder"
                            + " where name = :name and (holder = :holder or until_at <= :now)")
                    .bind("until", Tickets.at(now.plus(length)))
                    .bind("holder", holder)
                    .bind("name", name)
                    .bind("now", Tickets.at(now))
                    .execute();
            if (rows == 0 && !exists(handle)) {
                handle.createUpdate("insert into work_lease (name, holder, fence, until_at) values (?, ?, 1, ?)")
                        .bind(0, name)
                        .bind(1, holder)
                        .bind(2, Tickets.at(now.plus(length)))
                        .execute();
            }
            return fence(handle, now);
        });
    }

    /** Whether the lease is still ours under this fence. */
    public boolean holds(long fence, Instant now) {
        return jdbi.withHandle(handle -> fence(handle, now))
                .filter(present -> present == fence)
                .isPresent();
    }

    /** Under what the lease gave when it was taken. */
    public Fence fence(long number) {
        return new Fence(this, number);
    }

    String name() {
        return name;
    }

    /** Whether it is still ours under this fence; the row is locked until the transaction ends. */
    boolean locked(Handle handle, long fence, Instant now) {
        return handle.createQuery("select fence from work_lease where name = ? and holder = ? and fence = ?"
                        + " and until_at > ? for update")
                .bind(0, name)
                .bind(1, holder)
                .bind(2, fence)
                .bind(3, Tickets.at(now))
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    private boolean exists(Handle handle) {
        return handle.createQuery("select count(*) from work_lease where name = ?")
                        .bind(0, name)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private Optional<Long> fence(Handle handle, Instant now) {
        return handle.createQuery("select fence from work_lease where name = ? and holder = ? and until_at > ?")
                .bind(0, name)
                .bind(1, holder)
                .bind(2, Tickets.at(now))
                .mapTo(Long.class)
                .findOne();
    }
}
