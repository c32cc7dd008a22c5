package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.EventProcessorClient;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import com.azure.messaging.eventhubs.LoadBalancingStrategy;
import com.azure.messaging.eventhubs.models.EventContext;
import com.azure.messaging.eventhubs.models.EventPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The genuine EventProcessorClient against the embedded endpoint. */
class ProcessorTest {

    private static final String HUB = "portal-events";

    private final MemoryCheckpointStore checkpoints = new MemoryCheckpointStore();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private EmbeddedEventHubs hubs;

    @BeforeEach
    void start() {
        hubs = EmbeddedEventHubs.start(Setup.ofHubs(HUB));
    }

    @AfterEach
    void stop() {
        hubs.close();
    }

    @Test
    void everyEventArrivesOnceAndARestartResumesAfterTheCheckpoints() {
        // Given
        List<String> first = IntStream.range(0, 10_000).mapToObj(i -> "a" + i).toList();
        List<String> second = IntStream.range(0, 50).mapToObj(i -> "b" + i).toList();
        send(first);

        // When
        EventProcessorClient before = processor(EventContext::updateCheckpoint);
        before.start();
        await().atMost(AzureClients.PATIENCE).until(() -> received.size() >= first.size());
        before.stop();

        // Then
        assertThat(received).containsExactlyInAnyOrderElementsOf(first);

        // When
        received.clear();
        send(second);
        EventProcessorClient after = processor(EventContext::updateCheckpoint);
        after.start();
        await().atMost(AzureClients.PATIENCE).until(() -> received.size() >= second.size());
        after.stop();

        // Then
        assertThat(received).containsExactlyInAnyOrderElementsOf(second);
    }

    @Test
    void aProcessorComesBackAfterItsConnectionsWereCutAndAPartitionWasStolen() {
        // Given
        EventProcessorClient processor = processor(EventContext::updateCheckpoint);
        processor.start();
        await().atMost(AzureClients.PATIENCE).until(() -> hubs.subscribers().size() == 4);
        AzureClients.send(hubs, HUB, "0", "before");
        await().atMost(AzureClients.PATIENCE).until(() -> received.contains("before"));

        // When
        hubs.faults().stealPartition(HUB, "1");
        hubs.faults().dropConnections();
        AzureClients.send(hubs, HUB, "0", "after the cut");
        AzureClients.send(hubs, HUB, "1", "after the theft");

        // Then
        await().atMost(AzureClients.PATIENCE).until(() -> received.size() >= 3);
        processor.stop();
        assertThat(received).containsExactlyInAnyOrder("before", "after the cut", "after the theft");
    }

    private EventProcessorClient processor(Consumer<EventContext> afterwards) {
        return new EventProcessorClientBuilder()
                .connectionString(hubs.connectionString(HUB))
                .consumerGroup(Setup.DEFAULT_GROUP)
                .checkpointStore(checkpoints)
                .initialPartitionEventPosition(Map.of(
                        "0", EventPosition.earliest(),
                        "1", EventPosition.earliest(),
                        "2", EventPosition.earliest(),
                        "3", EventPosition.earliest()))
                .loadBalancingStrategy(LoadBalancingStrategy.GREEDY)
                .loadBalancingUpdateInterval(Duration.ofSeconds(1))
                .partitionOwnershipExpirationInterval(Duration.ofSeconds(5))
                .processEvent(context -> {
                    received.add(context.getEventData().getBodyAsString());
                    afterwards.accept(context);
                })
                .processError(context -> {})
                .buildEventProcessorClient();
    }

    private void send(List<String> bodies) {
        try (EventHubProducerClient producer = AzureClients.producer(hubs, HUB)) {
            EventDataBatch batch = producer.createBatch();
            for (String body : bodies) {
                EventData event = new EventData(body);
                if (batch.getCount() == 500 || !batch.tryAdd(event)) {
                    producer.send(batch);
                    batch = producer.createBatch();
                    batch.tryAdd(event);
                }
            }
            producer.send(batch);
        }
    }
}
