package io.roombridge.route;

import static org.awaitility.Awaitility.await;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import io.roombridge.eventhubs.Backoff;
import io.roombridge.eventhubs.PartitionStatus;
import io.roombridge.eventhubs.ReadingCounters;
import io.roombridge.eventhubs.ReadingSettings;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.eventhubs.SqlCheckpointStore;
import io.roombridge.portal.PortalEvents;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.RetryLater;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.main.Main;

/**
 * The bench with a hub in front: the route {@code portal-events} as it stands, read by the bridge's own consumer from an
 * embedded hub. Time stands still while anything runs, and jumps to the next wake-up when nothing does.
 */
final class OutageBench implements AutoCloseable {

    private static final String HUB = "portal-events";
    private static final int PARTITIONS = 4;
    private static final Duration LEAST_JUMP = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMinutes(1);

    final Bench bench;
    final ReadingCounters counters = new ReadingCounters();
    private final EmbeddedEventHubs hubs =
            EmbeddedEventHubs.start(Setup.ofHubs().withHub(HUB, PARTITIONS));
    private final EventHubProducerClient producer;
    private final SimulatedRests rests;
    private final RoombridgeEventHubsComponent component;
    private final SqlCheckpointStore checkpoints;
    private final Main camel = new Main();
    private Instant lastLook = Instant.MIN;

    OutageBench(Path directory, int window) throws Exception {
        bench = new Bench(directory);
        rests = new SimulatedRests(bench.machine);
        producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString(HUB))
                .buildProducerClient();
        PortalEvents events = new PortalEvents();
        component = new RoombridgeEventHubsComponent(
                reading(window),
                event -> events.orderKeys(
                        event.getBody(), Optional.ofNullable(event.getContentType()), event.getProperties()),
                counters,
                bench.machine);
        component.retryTimer(rests);
        component.getConfiguration().setConnectionString(hubs.connectionString(HUB));
        checkpoints = new SqlCheckpointStore(bench.dataSource());
        component.getConfiguration().setCheckpointStore(checkpoints);
        camel.bind("azure-eventhubs", component);
        bench.path().beans().forEach(camel::bind);
        camel.addInitialProperty("roombridge.portal-events", "azure-eventhubs:local/hub");
        camel.configure()
                .withRoutesIncludePattern("file:routes/portal-events.camel.yaml")
                .withBasePackageScanEnabled(false);
        camel.start();
    }

    /** The shipped retries; ownership by the machine's own time, so long that a busy machine does not lose it. */
    private static ReadingSettings reading(int window) {
        ReadingSettings shipped = ReadingSettings.DEFAULTS;
        return new ReadingSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                shipped.prefetch(),
                window,
                shipped.span(),
                shipped.keysAtOnce(),
                shipped.checkpointEvery(),
                shipped.checkpointWithin(),
                shipped.drain(),
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
                shipped.jitterSeed());
    }

    /** Sends events in this order; those of one room meet in one partition. */
    void send(List<PortalEvent> events) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int here = partition;
            List<byte[]> bodies = events.stream()
                    .filter(event -> Math.floorMod(event.room().hashCode(), PARTITIONS) == here)
                    .map(PortalEvent::bytes)
                    .toList();
            CreateBatchOptions to = new CreateBatchOptions().setPartitionId(Integer.toString(partition));
            EventDataBatch batch = producer.createBatch(to);
            for (byte[] body : bodies) {
                if (!batch.tryAdd(new EventData(body))) {
                    producer.send(batch);
                    batch = producer.createBatch(to);
                    batch.tryAdd(new EventData(body));
                }
            }
            if (batch.getCount() > 0) {
                producer.send(batch);
            }
        }
        awaitArrival();
    }

    /** In real time: a clock that jumps would pass hours while the hub is still connecting. */
    private void awaitArrival() {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            List<PartitionStatus> status = component.status();
            return status.size() == PARTITIONS && status.stream().allMatch(this::arriving);
        });
    }

    private boolean arriving(PartitionStatus partition) {
        return partition.unfinished() > 0
                || partition.delivered().orElse(-1)
                        == hubs.lastSequenceNumber(HUB, partition.partition().id());
    }

    /** Lets the world go on until this moment. */
    void until(Instant end) {
        while (bench.machine.instant().isBefore(end)) {
            awaitQuiet();
            jump(end);
        }
    }

    /** Lets the world go on until everything sent is finished and nothing waits any more. */
    void untilDone(Instant atLatest) {
        awaitQuiet();
        while (!done()) {
            if (bench.machine.instant().isAfter(atLatest)) {
                throw new AssertionError("not drained by " + atLatest + "; " + component.status());
            }
            jump(atLatest.plusSeconds(1));
            awaitQuiet();
        }
    }

    private boolean done() {
        List<PartitionStatus> status = component.status();
        return status.size() == PARTITIONS
                && status.stream()
                        .allMatch(partition -> partition.unfinished() == 0
                                && partition.delivered().orElse(-1)
                                        == hubs.lastSequenceNumber(
                                                HUB, partition.partition().id()))
                && bench.store().nextAppointment().isEmpty()
                && bench.outbox().unsent(1).isEmpty();
    }

    private void jump(Instant atMost) {
        Instant now = bench.machine.instant();
        Duration toNext = rests.next().map(next -> Duration.between(now, next)).orElse(LOOK);
        Duration step = toNext.compareTo(LEAST_JUMP) < 0 ? LEAST_JUMP : toNext.compareTo(LOOK) > 0 ? LOOK : toNext;
        Duration left = Duration.between(now, atMost);
        Duration taken = step.compareTo(left) < 0 ? step : left;
        bench.clock.advance(taken);
        bench.machine.advance(taken);
        rests.ring();
        bench.path().keepAppointments();
        if (!bench.machine.instant().isBefore(lastLook.plus(LOOK))) {
            lastLook = bench.machine.instant();
            look();
        }
    }

    /** The poll of ServiceNow; one that fails comes again. */
    private void look() {
        try {
            bench.poll();
        } catch (ServiceNowFailure | RetryLater unavailable) {
            // Said in the log by whoever failed.
        }
    }

    /** Until no event is worked on: nothing was read, finished or put to rest for a few looks. */
    private void awaitQuiet() {
        long before = -1;
        int same = 0;
        while (same < 3) {
            long progress = counters.read() + counters.finished() + rests.begun();
            boolean quiet = progress == before
                    && camel.getCamelContext().getInflightRepository().size() == 0;
            same = quiet ? same + 1 : 0;
            before = progress;
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Override
    public void close() {
        camel.stop();
        checkpoints.close();
        producer.close();
        hubs.close();
        bench.close();
    }
}
