package io.roombridge.sandbox.eventhubs;

import static com.azure.core.amqp.exception.AmqpErrorCondition.LINK_PAYLOAD_SIZE_EXCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubBufferedProducerClient;
import com.azure.messaging.eventhubs.EventHubBufferedProducerClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.SendOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The genuine producer against the embedded endpoint; each test has a hub of its own. */
class SendingTest {

    private static EmbeddedEventHubs hubs;

    @BeforeAll
    static void start() {
        hubs = EmbeddedEventHubs.start(Setup.ofHubs(
                "batch",
                "turn",
                "key",
                "types",
                "large",
                "buffered",
                "too-large",
                "busy",
                "refused",
                "drop",
                "no-partition"));
    }

    @AfterAll
    static void stop() {
        hubs.close();
    }

    @AfterEach
    void heal() {
        hubs.faults().rejectNextSends(0, Conditions.SERVER_BUSY);
    }

    @Test
    void aBatchIsStoredWholeAndInOrder() {
        AzureClients.send(hubs, "batch", "2", AzureClients.numbered("e", 1000));

        assertThat(hubs.lastSequenceNumber("batch", "2")).isEqualTo(999);
        assertThat(hubs.total("batch")).isEqualTo(1000);
        assertThat(hubs.events("batch").stream().map(StoredEvent::bodyAsString))
                .containsExactly(AzureClients.numbered("e", 1000));
    }

    @Test
    void sendsWithoutAKeyTakeThePartitionsInTurn() {
        try (EventHubProducerClient producer = AzureClients.producer(hubs, "turn")) {
            for (int i = 0; i < 8; i++) {
                producer.send(AzureClients.events("e" + i));
            }
        }

        assertThat(List.of("0", "1", "2", "3"))
                .allSatisfy(partition ->
                        assertThat(hubs.lastSequenceNumber("turn", partition)).isEqualTo(1));
    }

    @Test
    void aKeyLeadsToItsPartitionAndStaysWithEachEvent() {
        try (EventHubProducerClient producer = AzureClients.producer(hubs, "key")) {
            for (int i = 0; i < 20; i++) {
                producer.send(AzureClients.events("one"), new SendOptions().setPartitionKey("contoso|room-" + i));
                producer.send(AzureClients.events("a", "b"), new SendOptions().setPartitionKey("contoso|room-" + i));
            }
        }

        assertThat(hubs.events("key"))
                .hasSize(60)
                .allSatisfy(event -> assertThat(event.partition())
                        .isEqualTo(Integer.toString(
                                PartitionHash.partition(event.partitionKey().orElseThrow(), 4))));
    }

    @Test
    void bodyAndPropertiesSurviveWithTheirTypes() {
        // Given
        Map<String, Object> properties = Map.of(
                "cloudEvents:type",
                "io.roombridge.portal.opened.v1",
                "int",
                7,
                "long",
                7_000_000_000L,
                "boolean",
                true,
                "double",
                0.1,
                "byte",
                (byte) 3,
                "uuid",
                UUID.fromString("00000000-0000-0001-0000-000000000002"),
                "unicode",
                "Zürich · 会議室");
        byte[] body = {0, -1, 127, -128};
        EventData event = new EventData(body)
                .setContentType("application/octet-stream")
                .setMessageId("m1")
                .setCorrelationId("c1");
        event.getProperties().putAll(properties);

        // When
        try (EventHubProducerClient producer = AzureClients.producer(hubs, "types")) {
            producer.send(List.of(event), new SendOptions().setPartitionId("1"));
        }

        // Then
        EventData received = AzureClients.receive(hubs, "types", "1", EventPosition.earliest(), 1)
                .get(0);
        assertThat(received.getBody()).isEqualTo(body);
        assertThat(received.getProperties()).isEqualTo(properties);
        assertThat(received.getContentType()).isEqualTo("application/octet-stream");
        assertThat(received.getMessageId()).isEqualTo("m1");
        assertThat(received.getCorrelationId()).isEqualTo("c1");
        assertThat(received.getSequenceNumber()).isZero();
        assertThat(received.getEnqueuedTime()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        StoredEvent stored = hubs.events("types").get(0);
        assertThat(stored.body()).isEqualTo(body);
        assertThat(stored.properties()).isEqualTo(properties);
        assertThat(stored.partitionKey()).isEmpty();
    }

    @Test
    void aLargeEventTravelsInManyFramesBothWays() {
        String body = "x".repeat(900_000);

        AzureClients.send(hubs, "large", "0", body);

        assertThat(AzureClients.receive(hubs, "large", "0", EventPosition.earliest(), 1))
                .singleElement()
                .satisfies(event -> assertThat(event.getBodyAsString()).isEqualTo(body));
    }

    @Test
    void theBufferedProducerPutsKeysWhereTheOthersDo() {
        try (EventHubBufferedProducerClient producer = new EventHubBufferedProducerClientBuilder()
                .connectionString(hubs.connectionString("buffered"))
                .onSendBatchSucceeded(sent -> {})
                .onSendBatchFailed(failed -> {})
                .buildClient()) {
            for (int i = 0; i < 40; i++) {
                producer.enqueueEvent(new EventData("e" + i), new SendOptions().setPartitionKey("room-" + i));
            }
            producer.flush();
        }

        assertThat(hubs.events("buffered"))
                .hasSize(40)
                .allSatisfy(event -> assertThat(event.partition())
                        .isEqualTo(Integer.toString(PartitionHash.partition(
                                "room-" + event.bodyAsString().substring(1), 4))));
    }

    @Test
    void theClientLearnsTheLargestSizeAndRefusesMore() {
        assertThatThrownBy(() -> AzureClients.send(hubs, "too-large", "0", "x".repeat(1_100_000)))
                .isInstanceOfSatisfying(
                        AmqpException.class,
                        e -> assertThat(e.getErrorCondition()).isEqualTo(LINK_PAYLOAD_SIZE_EXCEEDED));
        assertThat(hubs.total("too-large")).isZero();
    }

    @Test
    void aMessageAboveTheLargestSizeIsRejectedWhateverTheClientThinks() throws Refusal {
        Namespace namespace = new Namespace(Setup.ofHubs("h"));
        SendLink link = new SendLink(namespace, namespace.hub("h"), Optional.empty());

        assertThat(link.take(new byte[SendLink.MAX_MESSAGE_SIZE + 1], 0))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(
                                        rejected.getError().getCondition().toString())
                                .isEqualTo(Conditions.MESSAGE_SIZE_EXCEEDED));
    }

    @Test
    void aBusyServerIsTriedAgainUntilItTakesTheEvent() {
        hubs.faults().rejectNextSends(1, Conditions.SERVER_BUSY);

        AzureClients.send(hubs, "busy", "0", "at last");

        assertThat(hubs.events("busy").stream().map(StoredEvent::bodyAsString)).containsExactly("at last");
    }

    @Test
    void aSendThatIsRefusedForGoodFailsAtOnce() {
        hubs.faults().rejectNextSends(1, Conditions.UNAUTHORIZED);

        assertThatThrownBy(() -> AzureClients.send(hubs, "refused", "0", "no"))
                .isInstanceOfSatisfying(
                        AmqpException.class,
                        e -> assertThat(e.getErrorCondition()).isEqualTo(AmqpErrorCondition.UNAUTHORIZED_ACCESS));
        assertThat(hubs.total("refused")).isZero();
    }

    @Test
    void aProducerComesBackAfterItsConnectionWasCut() {
        try (EventHubProducerClient producer = AzureClients.producer(hubs, "drop")) {
            producer.send(AzureClients.events("before"));
            hubs.faults().dropConnections();
            // A send that meets the SDK while it tears its session down fails for good: callers must repeat it.
            await().atMost(AzureClients.PATIENCE)
                    .ignoreExceptionsInstanceOf(AmqpException.class)
                    .until(() -> {
                        producer.send(AzureClients.events("after"));
                        return true;
                    });
        }

        assertThat(hubs.events("drop").stream().map(StoredEvent::bodyAsString)).contains("before", "after");
    }

    @Test
    void aPartitionThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> AzureClients.send(hubs, "no-partition", "4", "x"))
                .isInstanceOfSatisfying(
                        AmqpException.class,
                        e -> assertThat(e.getErrorCondition())
                                .isEqualTo(AmqpErrorCondition.ARGUMENT_OUT_OF_RANGE_ERROR));
    }
}
