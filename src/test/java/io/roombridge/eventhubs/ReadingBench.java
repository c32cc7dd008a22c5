package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.SendOptions;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** An embedded hub, a Camel context that reads it with the bridge's component, and a {@link Desk} at the end of its route. */
final class ReadingBench implements AutoCloseable {

    static final String HUB = "portal-events";

    final EmbeddedEventHubs hubs;
    final Desk desk = new Desk();
    final ReadingCounters counters = new ReadingCounters();
    private final EventHubProducerClient producer;
    private CamelContext context;
    private RoombridgeEventHubsComponent component;

    ReadingBench(int partitions) {
        hubs = EmbeddedEventHubs.start(Setup.ofHubs().withHub(HUB, partitions));
        producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString(HUB))
                .buildProducerClient();
    }

    /** Short enough for tests: takeovers within seconds, retries within milliseconds, a checkpoint for each event. */
    static ReadingSettings quick() {
        return new ReadingSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                100,
                256,
                4096,
                8,
                1,
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(50)),
                7);
    }

    static ReadingSettings withWindow(int window, int keysAtOnce) {
        ReadingSettings quick = quick();
        return new ReadingSettings(
                quick.loadBalancingInterval(),
                quick.ownershipExpiry(),
                quick.prefetch(),
                window,
                quick.span(),
                keysAtOnce,
                quick.checkpointEvery(),
                quick.checkpointWithin(),
                quick.drain(),
                quick.backoff(),
                quick.jitterSeed());
    }

    /** Waits long enough for a machine that is busy with other things; no test is decided by it. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(20));
    }

    void read(ReadingSettings settings, CheckpointStore store) throws Exception {
        component = component(settings, store, counters);
        context = reading(component);
    }

    /** Another reader of the same hub, with the same desk, as a second process would be. */
    Second second(ReadingSettings settings, CheckpointStore store) throws Exception {
        RoombridgeEventHubsComponent other = component(settings, store, ReadingListener.NONE);
        return new Second(other, reading(other));
    }

    /** A second reader, until it is closed. */
    record Second(RoombridgeEventHubsComponent component, CamelContext context) implements AutoCloseable {

        List<PartitionStatus> status() {
            return component.status();
        }

        @Override
        public void close() {
            context.stop();
        }
    }

    private RoombridgeEventHubsComponent component(
            ReadingSettings settings, CheckpointStore store, ReadingListener listener) {
        RoombridgeEventHubsComponent made =
                new RoombridgeEventHubsComponent(settings, OrderKeys.partitionKey(), listener, Clock.systemUTC());
        made.getConfiguration().setConnectionString(hubs.connectionString(HUB));
        made.getConfiguration().setCheckpointStore(store);
        return made;
    }

    private CamelContext reading(RoombridgeEventHubsComponent from) throws Exception {
        CamelContext made = new DefaultCamelContext();
        made.addComponent("azure-eventhubs", from);
        made.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DeadLetterKept.class).handled(true);
                from("azure-eventhubs:local/hub").routeId("portal-events").process(desk::serve);
            }
        });
        made.start();
        return made;
    }

    void stopReading() {
        context.stop();
    }

    /** Sends single events, each with the letter it begins with as its partition key. */
    void send(String... events) {
        Stream.of(events)
                .forEach(event -> producer.send(
                        List.of(new EventData(event)), new SendOptions().setPartitionKey(event.substring(0, 1))));
    }

    /** Sends an event that is ordered with no other one. */
    void sendAlone(String event) {
        producer.send(List.of(new EventData(event)), new SendOptions().setPartitionKey(event));
    }

    List<PartitionStatus> status() {
        return component.status();
    }

    CamelContext context() {
        return context;
    }

    @Override
    public void close() {
        if (context != null) {
            stopReading();
        }
        producer.close();
        hubs.close();
    }

    /** What the test's route handles, as the bridge's route does when it has kept a dead letter. */
    static final class DeadLetterKept extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
