package io.roombridge.correlation;

import io.roombridge.log.Recurring;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process does alone among the nodes of its cluster: each kind of work is a lease in the store, renewed in the
 * background while the process lives, also during a long run. A node that dies is replaced when its lease has ended and
 * another one looks, so within six fifths of the lease's length; one that stops gives its leases back.
 *
 * <p>While the store does not answer nothing is renewed, and what is held ends by itself.
 */
public final class Duties implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Duties.class);
    private static final int LOOKS_EACH_LEASE = 5;

    private final Recurring renewing = new Recurring(LOG);
    private final WorkLeases leases;
    private final Duration length;
    private final LongSupplier nanos;
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "duties");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Held held = new Held(Map.of(), 0);

    /** @param until on the machine's monotonic clock; never later than the lease in the store */
    private record Held(Map<String, Long> fences, long until) {}

    Duties(WorkLeases leases, Duration length, LongSupplier nanos) {
        this.leases = leases;
        this.length = length;
        this.nanos = nanos;
    }

    /**
     * Takes what is free, and goes on looking until it is closed.
     *
     * @param holder names this process; a restart has another name
     * @param length of a lease; how often it is renewed follows from it
     */
    public static Duties start(Jdbi jdbi, String holder, List<String> names, Duration length) {
        WorkLeases leases = new WorkLeases(jdbi, holder, names, length);
        leases.prepare();
        Duties duties = new Duties(leases, length, System::nanoTime);
        duties.look();
        long each = length.toMillis() / LOOKS_EACH_LEASE;
        duties.beat.scheduleWithFixedDelay(duties::lookAgain, each, each, TimeUnit.MILLISECONDS);
        return duties;
    }

    public Duty of(String name) {
        return new Duty() {
            @Override
            public Optional<Long> fence() {
                Held now = held;
                return nanos.getAsLong() - now.until < 0 ? Optional.ofNullable(now.fences.get(name)) : Optional.empty();
            }

            @Override
            public boolean holds(long fence) {
                return leases.holds(name, fence);
            }

            @Override
            public boolean holds(Handle transaction, long fence) {
                return leases.locks(transaction, name, fence);
            }
        };
    }

    /** The works that are done here now; empty when the leases could not be renewed in time. */
    public Optional<Set<String>> here() {
        Held now = held;
        return nanos.getAsLong() - now.until < 0 ? Optional.of(now.fences.keySet()) : Optional.empty();
    }

    /** Renews and takes; package-private for tests, which have no background. */
    void look() {
        long asked = nanos.getAsLong();
        Map<String, Long> before = held.fences;
        Map<String, Long> ours = leases.take();
        held = new Held(ours, asked + length.toNanos());
        if (!ours.equals(before)) {
            LOG.atInfo().addKeyValue("duties", ours.keySet()).log("these works are done here from now on");
        }
    }

    private void lookAgain() {
        try {
            look();
            renewing.over("leases").log("the leases are renewed again");
        } catch (RuntimeException e) {
            renewing.failed("leases")
                    .addKeyValue("why", e.getMessage())
                    .log("the leases could not be renewed; tried again");
        }
    }

    @Override
    public void close() {
        beat.shutdownNow();
        held = new Held(Map.of(), nanos.getAsLong());
        leases.release();
    }
}
