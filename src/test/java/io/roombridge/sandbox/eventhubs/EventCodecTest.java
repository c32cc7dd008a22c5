package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.DeliveryAnnotations;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    private static final Symbol OWN = Symbol.valueOf("x-own");

    private final EventCodec codec = new EventCodec();

    @Test
    void theKeyOfABatchThatStandsOnTheEnvelopeOnlyIsCopiedToEachEvent() throws Refusal {
        // Given: what the JavaScript client sends
        Message envelope = Proton.message();
        envelope.setMessageAnnotations(annotations(EncodedEvent.PARTITION_KEY, "room-1"));
        byte[] batch = concat(encode(envelope), data(encode(text("a"))), data(encode(text("b"))));

        // When
        EventCodec.Sent sent = codec.decode(batch, EventCodec.BATCH_FORMAT);

        // Then
        assertThat(sent.partitionKey()).contains("room-1");
        assertThat(sent.events())
                .hasSize(2)
                .extracting(EncodedEvent::partitionKey)
                .containsOnly(Optional.of("room-1"));
    }

    @Test
    void theHubsAnnotationsReplaceOnlyItsOwn() throws Refusal {
        // Given
        Message message = text("a");
        Map<Symbol, Object> theirs = new HashMap<>(Map.of(OWN, "kept", Symbol.valueOf("x-opt-offset"), "forged"));
        message.setMessageAnnotations(new MessageAnnotations(theirs));
        message.setDeliveryAnnotations(new DeliveryAnnotations(Map.of(OWN, "for this hop only")));
        message.setDurable(true);
        message.setContentType("text/plain");
        EncodedEvent event = codec.decode(encode(message), 0).events().get(0);

        // When
        Message delivered = Proton.message();
        byte[] bytes = codec.encode(new PartitionEvent(event, 7, 560, 1000), Map.of());
        delivered.decode(bytes, 0, bytes.length);

        // Then
        assertThat(delivered.getMessageAnnotations().getValue())
                .containsEntry(OWN, "kept")
                .containsEntry(Symbol.valueOf("x-opt-offset"), "560")
                .containsEntry(Symbol.valueOf("x-opt-sequence-number"), 7L);
        assertThat(delivered.getDeliveryAnnotations()).isNull();
        assertThat(delivered.isDurable()).isTrue();
        assertThat(delivered.getContentType()).isEqualTo("text/plain");
        assertThat(((AmqpValue) delivered.getBody()).getValue()).isEqualTo("a");
    }

    @Test
    void annotationsOfAnySizeAreDelivered() throws Refusal {
        Message message = text("a");
        message.setMessageAnnotations(annotations(OWN, "x".repeat(50_000)));
        EncodedEvent event = codec.decode(encode(message), 0).events().get(0);

        assertThat(codec.encode(new PartitionEvent(event, 0, 0, 0), Map.of())).hasSizeGreaterThan(50_000);
    }

    @Test
    void whatIsNotAMessageIsRefused() {
        for (byte[] bytes : List.of(new byte[] {1, 2, 3}, new byte[] {0x44}, Arrays.copyOf(encode(text("abc")), 5))) {
            assertThatThrownBy(() -> codec.decode(bytes, 0)).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> codec.decode(encode(text("no events")), EventCodec.BATCH_FORMAT))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no event");
    }

    private static Message text(String body) {
        Message message = Proton.message();
        message.setBody(new AmqpValue(body));
        return message;
    }

    private static MessageAnnotations annotations(Symbol name, String value) {
        return new MessageAnnotations(new HashMap<>(Map.of(name, value)));
    }

    private static byte[] data(byte[] bytes) {
        Message message = Proton.message();
        message.setBody(new Data(new Binary(bytes)));
        return encode(message);
    }

    private static byte[] encode(Message message) {
        byte[] buffer = new byte[100_000];
        return Arrays.copyOf(buffer, message.encode(buffer, 0, buffer.length));
    }

    private static byte[] concat(byte[]... parts) {
        StringBuilder all = new StringBuilder();
        for (byte[] part : parts) {
            all.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
