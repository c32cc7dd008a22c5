package io.roombridge.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.roombridge.eventhubs.HubPartition;
import io.roombridge.eventhubs.ReadingListener;
import io.roombridge.route.Outcomes;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens while the hub is read (docs/metrics.md), and keeps the books of what is read elsewhere from now on. */
public final class HubMeters implements ReadingListener {

    private static final String HUB = "hub";

    /** The hub is tried more often than that. */
    private static final Duration TROUBLE_LASTS = Duration.ofMinutes(2);

    private final MeterRegistry meters;
    private final Outcomes outcomes;
    private final Clock machine;
    private final Set<HubPartition> read = ConcurrentHashMap.newKeySet();
    private final LongAdder unfinished = new LongAdder();
    private final AtomicLong lastRead = new AtomicLong();
    private final Counter checkpointsFailed;
    private volatile Optional<Trouble> trouble = Optional.empty();

    private record Trouble(String what, Instant at) {}

    public HubMeters(MeterRegistry meters, Outcomes outcomes, Clock machine) {
        this.meters = meters;
        this.outcomes = outcomes;
        this.machine = machine;
        Gauge.builder("roombridge.hub.partitions", read, Set::size)
                .description("partitions that this process reads")
                .register(meters);
        Gauge.builder("roombridge.hub.unfinished", unfinished, LongAdder::sum)
                .description("messages of the hub that were delivered to this process and are not finished")
                .register(meters);
        TimeGauge.builder("roombridge.hub.last.read.timestamp", lastRead, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description(
                        "when a message of the hub was delivered last, by this machine's clock; 0 before the first")
                .register(meters);
        checkpointsFailed = Counter.builder("roombridge.hub.checkpoints.failed")
                .description("checkpoints that could not be written, and were tried again")
                .register(meters);
    }

    @Override
    public void gained(HubPartition partition) {
        read.add(partition);
    }

    @Override
    public void troubled(Throwable failure) {
        trouble = Optional.of(new Trouble(failure.getClass().getSimpleName(), machine.instant()));
    }

    /**
     * Whether the hub is read.
     *
     * @param alone no other process shares its partitions: one that reads none is not ready
     */
    public Check check(boolean alone) {
        Optional<Trouble> now =
                trouble.filter(last -> last.at().plus(TROUBLE_LASTS).isAfter(machine.instant()));
        if (!read.isEmpty()) {
            return Check.up(HUB, "reads " + read.size() + " partitions");
        }
        if (now.isEmpty() && !alone) {
            return Check.up(HUB, "other nodes read all partitions");
        }
        return Check.down(
                HUB,
                now.map(last -> "no partition is read; the last attempt failed with " + last.what()
                                + ", and the log says more")
                        .orElse("no partition is read yet"));
    }

    @Override
    public void lost(HubPartition partition, String why) {
        read.remove(partition);
    }

    @Override
    public void read(HubPartition partition, long sequence, long behind) {
        lastRead.set(machine.millis());
        unfinished.increment();
    }

    @Override
    public void attemptFailed(HubPartition partition, long sequence, int attempt, Throwable failure) {
        countFailed(meters, failure);
    }

    static void countFailed(MeterRegistry meters, Throwable failure) {
        Counter.builder("roombridge.attempts.failed")
                .description("attempts with a message of the hub or the inbox that failed and were repeated")
                .tag(
                        "reason",
                        RetryLater.in(failure)
                                .map(RetryLater::reason)
                                .map(Reason::label)
                                .orElse("unexpected"))
                .register(meters)
                .increment();
    }

    @Override
    public void finished(HubPartition partition, long sequence, int attempts) {
        unfinished.decrement();
    }

    @Override
    public void dropped(HubPartition partition, long sequence) {
        unfinished.decrement();
        outcomes.handOver(partition.id(), sequence);
    }

    @Override
    public void checkpointFailed(HubPartition partition, long sequence, Throwable failure) {
        checkpointsFailed.increment();
    }
}
