package io.roombridge.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.roombridge.correlation.Backlog;
import io.roombridge.correlation.Backlog.Letters;
import io.roombridge.correlation.Backlog.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what cannot be seen from memory: the backlog in the store and the lag of the hub (docs/metrics.md). On a schedule
 * of its own, so that a scrape waits for nobody; when it was done last is measured, too.
 */
public final class Measures {

    private static final Logger LOG = LoggerFactory.getLogger(Measures.class);

    private final Backlog backlog;
    private final Supplier<Map<String, Long>> hubLag;
    private final Executor hubAsker;
    private final Clock clock;
    private final Clock machine;
    private final MultiGauge letters;
    private final MultiGauge letterAges;
    private final MultiGauge waiting;
    private final MultiGauge waitingAges;
    private final MultiGauge behind;
    private final MultiGauge lag;
    private final MultiGauge paused;
    private final Map<String, Double> single = new ConcurrentHashMap<>();
    private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

    /**
     * @param hubLag events beyond the checkpoint of each partition; throws when the hub does not answer
     * @param hubAsker runs it
     */
    public Measures(
            Backlog backlog,
            Supplier<Map<String, Long>> hubLag,
            Executor hubAsker,
            MeterRegistry meters,
            Clock clock,
            Clock machine) {
        this.hubAsker = hubAsker;
        this.backlog = backlog;
        this.hubLag = hubLag;
        this.clock = clock;
        this.machine = machine;
        letters = rows(meters, "roombridge.dead.letters", "open dead letters");
        letterAges = rows(meters, "roombridge.dead.letters.age.seconds", "age of the oldest open dead letter");
        waiting = rows(meters, "roombridge.waiting", "rows of the store that wait to be dealt with");
        waitingAges = rows(meters, "roombridge.waiting.age.seconds", "age of the oldest row that waits");
        behind = rows(
                meters,
                "roombridge.servicenow.read.behind.seconds",
                "how far what was read of an instance lies behind");
        lag = rows(meters, "roombridge.hub.lag", "events of a partition beyond its checkpoint");
        paused = rows(meters, "roombridge.paused", "tenants whose way in a direction a person paused");
        single(meters, "roombridge.store.measured.timestamp.seconds", "when the store was measured last; 0 before");
        single(meters, "roombridge.hub.measured.timestamp.seconds", "when the lag was measured last; 0 before");
        single(meters, "roombridge.store.clock.ahead.seconds", "how far the store's clock is ahead of this machine's");
    }

    private static MultiGauge rows(MeterRegistry meters, String name, String meaning) {
        return MultiGauge.builder(name).description(meaning).register(meters);
    }

    private void single(MeterRegistry meters, String name, String meaning) {
        Gauge.builder(name, () -> single.getOrDefault(name, 0.0))
                .description(meaning)
                .register(meters);
    }

    /** Called by the route {@code measures}. */
    public synchronized void take() {
        tried("the backlog", this::store);
        // A hub that is not there takes its time to say so, and nobody must have to wait for that when stopping.
        if (asking.isDone()) {
            asking = CompletableFuture.runAsync(() -> tried("the lag of the hub", this::hub), hubAsker);
        }
    }

    /** What cannot be measured keeps its last value, and the time of its measurement. */
    private static void tried(String what, Runnable measuring) {
        try {
            measuring.run();
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("part", what).setCause(e).log("not measured; tried again");
        }
    }

    private void store() {
        Instant now = clock.instant();
        List<Letters> open = backlog.letters();
        letters.register(open.stream().map(one -> Row.of(of(one), one.count())).toList(), true);
        letterAges.register(
                open.stream()
                        .map(one -> Row.of(of(one), seconds(one.oldest(), now)))
                        .toList(),
                true);
        Map<String, Waiting> rows = Map.of(
                "commands", backlog.commands(),
                "writes-in-doubt", backlog.writesInDoubt(),
                "files", backlog.files(),
                "posted-events", backlog.posted());
        waiting.register(
                rows.entrySet().stream()
                        .map(row -> Row.of(
                                Tags.of("what", row.getKey()), row.getValue().count()))
                        .toList(),
                true);
        waitingAges.register(
                rows.entrySet().stream()
                        .map(row -> Row.of(Tags.of("what", row.getKey()), age(row.getKey(), row.getValue(), now)))
                        .toList(),
                true);
        behind.register(
                backlog.readUntil().entrySet().stream()
                        .map(row -> Row.of(
                                Tags.of(InstanceMeters.LABEL, row.getKey()),
                                seconds(row.getValue(), machine.instant())))
                        .toList(),
                true);
        paused.register(
                backlog.pauses().entrySet().stream()
                        .map(row -> Row.of(Tags.of("direction", row.getKey()), row.getValue()))
                        .toList(),
                true);
        Instant ours = machine.instant();
        single.put(
                "roombridge.store.clock.ahead.seconds",
                Duration.between(ours, backlog.now()).toMillis() / 1000.0);
        single.put("roombridge.store.measured.timestamp.seconds", ours.toEpochMilli() / 1000.0);
    }

    /** Commands are decided in the time of the world; intents and files live by the machine's. */
    private double age(String what, Waiting rows, Instant now) {
        Instant present = what.equals("commands") ? now : machine.instant();
        return rows.oldest().map(since -> seconds(since, present)).orElse(0.0);
    }

    private void hub() {
        lag.register(
                hubLag.get().entrySet().stream()
                        .map(row -> Row.of(Tags.of("partition", row.getKey()), row.getValue()))
                        .toList(),
                true);
        single.put(
                "roombridge.hub.measured.timestamp.seconds", machine.instant().toEpochMilli() / 1000.0);
    }

    private static Tags of(Letters letters) {
        return Tags.of(
                "state", letters.state().label(), "reason", letters.reason().label());
    }

    private static double seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis() / 1000.0);
    }
}
