package io.roombridge.sandbox.eventhubs;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.azure.messaging.eventhubs.models.SendOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The genuine Azure clients, with short retries. */
final class AzureClients {

    /** A bound for a loaded machine; nothing waits this long unless it fails. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private AzureClients() {}

    /** The SDK fails to reconnect ("bound must be greater than origin") unless maxDelay exceeds delay + 4 s. */
    static EventHubClientBuilder client(String connectionString) {
        AmqpRetryOptions retry = new AmqpRetryOptions()
                .setDelay(Duration.ofMillis(100))
                .setMaxDelay(Duration.ofSeconds(5))
                .setMaxRetries(5)
                .setTryTimeout(Duration.ofSeconds(15));
        return new EventHubClientBuilder()
                .connectionString(connectionString)
                .consumerGroup(EventHubClientBuilder.DEFAULT_CONSUMER_GROUP_NAME)
                .retryOptions(retry);
    }

    static EventHubProducerClient producer(EmbeddedEventHubs hubs, String hub) {
        return client(hubs.connectionString(hub)).buildProducerClient();
    }

    static EventHubConsumerAsyncClient consumer(EmbeddedEventHubs hubs, String hub) {
        return client(hubs.connectionString(hub)).buildAsyncConsumerClient();
    }

    /** Sends bodies as one batch to one partition. */
    static void send(EmbeddedEventHubs hubs, String hub, String partition, String... bodies) {
        try (EventHubProducerClient producer = producer(hubs, hub)) {
            producer.send(events(bodies), new SendOptions().setPartitionId(partition));
        }
    }

    static List<EventData> events(String... bodies) {
        return List.of(bodies).stream().map(EventData::new).toList();
    }

    /** The first events of a partition from a position on. */
    static List<EventData> receive(
            EmbeddedEventHubs hubs, String hub, String partition, EventPosition from, int count) {
        try (EventHubConsumerAsyncClient consumer = consumer(hubs, hub)) {
            return consumer.receiveFromPartition(partition, from)
                    .map(PartitionEvent::getData)
                    .take(count)
                    .collectList()
                    .block(PATIENCE);
        }
    }

    static String[] numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }
}
