package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.LastEnqueuedEventProperties;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.azure.messaging.eventhubs.models.ReceiveOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** The genuine consumer client against the embedded endpoint; each test has a hub of its own. */
class ReceivingTest {

    private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");
    private static final AtomicReference<Instant> now = new AtomicReference<>(START);
    private static EmbeddedEventHubs hubs;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        hubs = EmbeddedEventHubs.start(Setup.ofHubs(
                        "positions", "latest", "beyond", "metrics", "owner", "crowd", "pause", "detach", "describe")
                .withHub("groups", 2, "roombridge")
                .withClock(now::get));
    }

    @AfterAll
    static void stop() {
        hubs.close();
    }

    @AfterEach
    void closeClients() throws Exception {
        for (AutoCloseable client : open) {
            client.close();
        }
        hubs.faults().resumeDelivery();
    }

    @Test
    void aReaderStartsWhereItAsksTo() {
        // Given
        for (int i = 0; i < 5; i++) {
            now.set(START.plusSeconds(i));
            AzureClients.send(hubs, "positions", "0", "e" + i);
        }
        String offsetOf2 = all("positions").get(2).getOffsetString();

        // Then
        assertThat(bodies("positions", EventPosition.fromSequenceNumber(2, true), 3))
                .containsExactly("e2", "e3", "e4");
        assertThat(bodies("positions", EventPosition.fromSequenceNumber(2), 2)).containsExactly("e3", "e4");
        assertThat(bodies("positions", EventPosition.fromOffsetString(offsetOf2), 2))
                .containsExactly("e3", "e4");
        assertThat(bodies("positions", EventPosition.fromEnqueuedTime(START.plusSeconds(2)), 2))
                .containsExactly("e3", "e4");
        assertThat(bodies("positions", EventPosition.earliest(), 5)).containsExactly("e0", "e1", "e2", "e3", "e4");
    }

    @Test
    void aReaderAtTheEndGetsOnlyWhatComesAfterIt() {
        // Given
        AzureClients.send(hubs, "latest", "0", "old");
        Reader reader = read("latest", EventPosition.latest(), new ReceiveOptions());
        awaitReaders("latest", 1);

        // When
        AzureClients.send(hubs, "latest", "0", "new");

        // Then
        await(() -> !reader.received.isEmpty());
        assertThat(reader.received).containsExactly("new");
    }

    @Test
    void aPositionThatTheHubHasNotReachedIsRefusedInsteadOfSkippingEvents() {
        AzureClients.send(hubs, "beyond", "0", "e0", "e1");

        Reader reader = read("beyond", EventPosition.fromSequenceNumber(7), new ReceiveOptions());

        await(() -> reader.error.get() != null);
        assertThat(reader.error.get()).hasMessageContaining("beyond the end");
    }

    @Test
    void theStateOfThePartitionTravelsWithEachEventOnRequest() {
        AzureClients.send(hubs, "metrics", "0", "e0", "e1", "e2");

        List<PartitionEvent> events = consumer("metrics")
                .receiveFromPartition(
                        "0", EventPosition.earliest(), new ReceiveOptions().setTrackLastEnqueuedEventProperties(true))
                .take(3)
                .collectList()
                .block(AzureClients.PATIENCE);

        assertThat(events)
                .extracting(PartitionEvent::getLastEnqueuedEventProperties)
                .extracting(LastEnqueuedEventProperties::getSequenceNumber)
                .containsExactly(2L, 2L, 2L);
    }

    @Test
    void aHigherEpochTakesThePartitionAndALowerOneIsRefused() {
        // Given
        Reader first = read("owner", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(1L));
        awaitReaders("owner", 1);

        // When
        Reader second = read("owner", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(2L));
        await(() -> first.error.get() != null);
        Reader third = read("owner", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(1L));
        Reader fourth = read("owner", EventPosition.earliest(), new ReceiveOptions());
        await(() -> third.error.get() != null && fourth.error.get() != null);

        // Then
        assertThat(List.of(first, third, fourth))
                .allSatisfy(reader -> assertThat(reader.condition()).isEqualTo(AmqpErrorCondition.LINK_STOLEN));
        assertThat(second.error).hasValue(null);
        assertThat(readers("owner")).extracting(Subscriber::epoch).containsExactly(OptionalLong.of(2));
    }

    @Test
    void fiveReadersShareAPartitionAndASixthIsRefused() {
        for (int i = 0; i < 5; i++) {
            read("crowd", EventPosition.earliest(), new ReceiveOptions());
        }
        awaitReaders("crowd", 5);

        Reader sixth = read("crowd", EventPosition.earliest(), new ReceiveOptions());

        await(() -> sixth.error.get() != null);
        assertThat(sixth.condition()).isEqualTo(AmqpErrorCondition.RESOURCE_LIMIT_EXCEEDED);
    }

    @Test
    void aPausedHubDeliversNothingUntilItIsResumed() {
        // Given
        hubs.faults().pauseDelivery();
        Reader reader = read("pause", EventPosition.earliest(), new ReceiveOptions());
        awaitReaders("pause", 1);
        AzureClients.send(hubs, "pause", "0", "held back");
        // Credit has certainly arrived once a second reader, opened later, is there.
        read("pause", EventPosition.earliest(), new ReceiveOptions());
        awaitReaders("pause", 2);
        assertThat(reader.received).isEmpty();

        // When
        hubs.faults().resumeDelivery();

        // Then
        await(() -> !reader.received.isEmpty());
        assertThat(reader.received).containsExactly("held back");
    }

    @Test
    void aDetachedReaderLearnsWhyAndOthersReadOn() {
        // Given
        Reader detached = read("detach", EventPosition.earliest(), new ReceiveOptions());
        awaitReaders("detach", 1);

        // When
        hubs.faults().detachConsumers("detach", "0", Conditions.LINK_DETACH_FORCED);
        await(() -> detached.error.get() != null);
        AzureClients.send(hubs, "detach", "0", "e0");

        // Then
        assertThat(((AmqpException) detached.error.get()).getErrorCondition())
                .isEqualTo(AmqpErrorCondition.LINK_DETACH_FORCED);
        assertThat(readers("detach")).isEmpty();
        assertThat(bodies("detach", EventPosition.earliest(), 1)).containsExactly("e0");
    }

    @Test
    void aConsumerGroupMustExist() {
        AzureClients.send(hubs, "groups", "0", "e0");

        Reader known = read(consumer("groups", "roombridge"), EventPosition.earliest(), new ReceiveOptions());
        Reader unknown = read(consumer("groups", "nobody"), EventPosition.earliest(), new ReceiveOptions());

        await(() -> !known.received.isEmpty() && unknown.error.get() != null);
        assertThat(unknown.condition()).isEqualTo(AmqpErrorCondition.NOT_FOUND);
    }

    @Test
    void aHubAndItsPartitionsDescribeThemselves() {
        AzureClients.send(hubs, "describe", "1", "e0", "e1");
        EventHubConsumerAsyncClient client = consumer("describe");

        assertThat(client.getEventHubProperties().block(AzureClients.PATIENCE)).satisfies(hub -> {
            assertThat(hub.getName()).isEqualTo("describe");
            assertThat(hub.getPartitionIds()).containsExactly("0", "1", "2", "3");
        });
        assertThat(client.getPartitionProperties("1").block(AzureClients.PATIENCE))
                .satisfies(partition -> {
                    assertThat(partition.getBeginningSequenceNumber()).isZero();
                    assertThat(partition.getLastEnqueuedSequenceNumber()).isEqualTo(1);
                    assertThat(partition.isEmpty()).isFalse();
                });
        assertThat(client.getPartitionProperties("0").block(AzureClients.PATIENCE))
                .satisfies(partition -> {
                    assertThat(partition.getLastEnqueuedSequenceNumber()).isEqualTo(-1);
                    assertThat(partition.isEmpty()).isTrue();
                });
    }

    @Test
    void anUnknownHubIsAnErrorAndNotAnEndlessRetry() {
        String elsewhere = hubs.connectionString("describe").replace("EntityPath=describe", "EntityPath=nowhere");
        EventHubConsumerAsyncClient client = AzureClients.client(elsewhere).buildAsyncConsumerClient();
        open.add(client);

        assertThatThrownBy(() -> client.getEventHubProperties().block(AzureClients.PATIENCE))
                .isInstanceOfSatisfying(
                        AmqpException.class,
                        e -> assertThat(e.getErrorCondition()).isEqualTo(AmqpErrorCondition.NOT_FOUND));
    }

    private EventHubConsumerAsyncClient consumer(String hub) {
        return consumer(hub, Setup.DEFAULT_GROUP);
    }

    private EventHubConsumerAsyncClient consumer(String hub, String group) {
        EventHubConsumerAsyncClient client = AzureClients.client(hubs.connectionString(hub))
                .consumerGroup(group)
                .buildAsyncConsumerClient();
        open.add(client);
        return client;
    }

    private static final class Reader {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        final AtomicReference<Throwable> error = new AtomicReference<>();

        AmqpErrorCondition condition() {
            return ((AmqpException) error.get()).getErrorCondition();
        }
    }

    private Reader read(String hub, EventPosition from, ReceiveOptions options) {
        return read(consumer(hub), from, options);
    }

    private Reader read(EventHubConsumerAsyncClient client, EventPosition from, ReceiveOptions options) {
        Reader reader = new Reader();
        Disposable subscription = client.receiveFromPartition("0", from, options)
                .subscribe(event -> reader.received.add(event.getData().getBodyAsString()), reader.error::set);
        open.add(subscription::dispose);
        return reader;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(AzureClients.PATIENCE).until(condition);
    }

    private static void awaitReaders(String hub, int count) {
        await(() -> readers(hub).size() == count);
    }

    private static List<Subscriber> readers(String hub) {
        return hubs.subscribers().stream()
                .filter(subscriber -> subscriber.hub().equals(hub))
                .toList();
    }

    private static List<EventData> all(String hub) {
        int count = (int) hubs.lastSequenceNumber(hub, "0") + 1;
        return AzureClients.receive(hubs, hub, "0", EventPosition.earliest(), count);
    }

    private static List<String> bodies(String hub, EventPosition from, int count) {
        return AzureClients.receive(hubs, hub, "0", from, count).stream()
                .map(EventData::getBodyAsString)
                .toList();
    }
}
