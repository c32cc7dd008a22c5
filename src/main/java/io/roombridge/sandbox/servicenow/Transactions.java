package io.roombridge.sandbox.servicenow;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One request at a time owns the data, as under one database transaction.
 *
 * <p>What falls due by the clock (a late commit, the end of a virus scan) happens before the next transaction begins
 * and with its own time, not with the time of whoever looked: nobody could have seen the data in between, so a clock
 * that jumps gives the same history as one that runs.
 */
final class Transactions {

    private record Due(Instant when, long order, Consumer<Instant> work) {}

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Guarded by {@link #lock}. */
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparing(Due::when).thenComparing(Due::order));

    private long order;

    Transactions(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs the work with the time of the transaction, after everything that fell due before it. */
    <T> T run(Function<Instant, T> work) {
        lock.lock();
        try {
            Instant now = clock.instant();
            while (!agenda.isEmpty() && !agenda.peek().when().isAfter(now)) {
                Due due = agenda.poll();
                due.work().accept(due.when());
            }
            return work.apply(now);
        } finally {
            lock.unlock();
        }
    }

    /** What was promised to happen later will not happen any more. */
    void forgetAgenda() {
        lock.lock();
        try {
            agenda.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Has the work done as soon as a transaction sees that its time has come. */
    void at(Instant when, Consumer<Instant> work) {
        lock.lock();
        try {
            agenda.add(new Due(when, order++, work));
        } finally {
            lock.unlock();
        }
    }
}
