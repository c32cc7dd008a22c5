package io.roombridge.sandbox.portal;

import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.SendOptions;
import io.roombridge.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The portal's end of the hub: publishes the script of a day with the genuine Azure SDK, keyed like the relay of the
 * contract would (a room's events share a partition), heartbeats to each partition.
 *
 * <p>Either {@link #play} lets the clock jump from instant to instant and waits for quiet at each, or {@link #start} keeps
 * the pace of a running clock for ever. Only one of the two at a time; the counters may be read from any thread.
 */
public final class PortalSimulator implements AutoCloseable {

    static final String HEARTBEAT = "stream.heartbeat";

    private static final Logger log = LoggerFactory.getLogger(PortalSimulator.class);

    /** A clock may be jumped while we wait for it, so no wait is longer. */
    private static final Duration LONGEST_NAP = Duration.ofMillis(200);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    private final SandboxClock clock;
    private final EventHubProducerClient producer;
    private final List<String> partitions;
    private final Map<String, LongAdder> published = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Thread pacer;

    /**
     * Connects at once.
     *
     * @param connectionString of the hub, with its {@code EntityPath}
     */
    public PortalSimulator(String connectionString, SandboxClock clock) {
        this.clock = clock;
        this.producer =
                new EventHubClientBuilder().connectionString(connectionString).buildProducerClient();
        this.partitions = producer.getPartitionIds().stream().sorted().toList();
    }

    /**
     * Plays a whole day in one go. At each instant: the clock jumps there, everything due is published, quiet is awaited,
     * and people act at the quiet desk. In the end the clock stands at the end of the day.
     *
     * @param awaitQuiet returns when the bridge has finished everything that was published and is due by the clock
     * @param desk carries out what a person does; quiet is awaited afterwards
     */
    public void play(CampusDay day, Runnable awaitQuiet, Consumer<DeskAction> desk) {
        for (CampusDay.Step step : day.steps()) {
            clock.advanceTo(step.at());
            publish(step);
            awaitQuiet.run();
            if (!step.deskActions().isEmpty()) {
                step.deskActions().forEach(desk);
                awaitQuiet.run();
            }
        }
        clock.advanceTo(day.end());
        awaitQuiet.run();
    }

    /**
     * Plays day after day on a thread of its own, at the pace of the clock and until {@link #close}. Instants that have
     * passed are published at once. A message that the hub does not take is tried again until it does.
     */
    public void start(Iterator<CampusDay> days, Consumer<DeskAction> desk) {
        if (pacer != null) {
            throw new IllegalStateException("the portal simulator is running already");
        }
        pacer = new Thread(() -> keepPace(days, desk), "portal-simulator");
        pacer.setDaemon(true);
        pacer.start();
    }

    private void keepPace(Iterator<CampusDay> days, Consumer<DeskAction> desk) {
        while (days.hasNext()) {
            for (CampusDay.Step step : days.next().steps()) {
                if (!reached(step.at())) {
                    return;
                }
                insist(() -> publish(step));
                step.deskActions().forEach(action -> attempt(action, desk));
            }
        }
    }

    /** Waits until the clock shows the instant; false when the simulator was closed meanwhile. */
    private boolean reached(Instant at) {
        while (clock.instant().isBefore(at)) {
            Duration wait = clock.realTimeUntil(at);
            if (closedWithin(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP)) {
                return false;
            }
        }
        return stopped.getCount() > 0;
    }

    /** The copies that a repeated step makes are what the bridge has to bear anyway. */
    private void insist(Runnable publication) {
        boolean done = false;
        while (!done) {
            try {
                publication.run();
                done = true;
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("the hub does not take the portal's events; trying again");
                done = closedWithin(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private static void attempt(DeskAction action, Consumer<DeskAction> desk) {
        try {
            desk.accept(action);
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("ticket", action.ticket().correlationId())
                    .addKeyValue("act", action.act())
                    .setCause(e)
                    .log("a person at the desk could not act");
        }
    }

    private boolean closedWithin(Duration time) {
        try {
            return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void publish(CampusDay.Step step) {
        for (Posting posting : step.postings()) {
            producer.send(List.of(Wire.message(posting)), new SendOptions().setPartitionKey(posting.partitionKey()));
            posting.events().forEach(this::count);
        }
        for (Heartbeat heartbeat : step.heartbeats()) {
            partitions.forEach(partition -> publish(heartbeat, partition));
        }
    }

    private void publish(Heartbeat heartbeat, String partition) {
        PortalEvent event = heartbeat.on(partition);
        Posting posting = new Posting(event.partitionKey(), Posting.Mode.STRUCTURED, List.of(event));
        producer.send(List.of(Wire.message(posting)), new SendOptions().setPartitionId(partition));
        count(event);
    }

    private void count(PortalEvent event) {
        published.computeIfAbsent(event.name(), name -> new LongAdder()).increment();
    }

    /** How many events were published so far, by the name of their type; copies count. */
    public Map<String, Long> published() {
        Map<String, Long> counts = new TreeMap<>();
        published.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** Stops after the message that is under way, and leaves the hub. */
    @Override
    public void close() {
        stopped.countDown();
        Thread running = pacer;
        if (running != null) {
            try {
                running.join(LONGEST_GOODBYE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        producer.close();
    }
}
