package io.roombridge.sandbox.eventhubs;

import java.io.ByteArrayOutputStream;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.DeliveryAnnotations;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.codec.ReadableBuffer;

/**
 * Events to and from the wire (facts/eventhubs.md §3.6, §3.7). The sections are walked one by one, because proton's own
 * {@code Message} keeps only one body section, and a batch has many. Not thread-safe.
 */
final class EventCodec {

    /** The message format of a batch, as proton returns it: signed. */
    static final int BATCH_FORMAT = (int) 0x80013700L;

    private static final Symbol SEQUENCE_NUMBER = Symbol.valueOf("x-opt-sequence-number");
    private static final Symbol OFFSET = Symbol.valueOf("x-opt-offset");
    private static final Symbol ENQUEUED_TIME = Symbol.valueOf("x-opt-enqueued-time");
    private static final byte[] NOTHING = {};

    private final DecoderImpl decoder = new DecoderImpl();
    private final EncoderImpl encoder = new EncoderImpl(decoder);
    private ByteBuffer scratch = ByteBuffer.allocate(4096);

    EventCodec() {
        AMQPDefinedTypes.registerAllTypes(decoder, encoder);
    }

    /** One section of a message and where it lies. */
    private record Placed(Section section, int from, int to) {}

    /** The events of one delivery, which all go to the same partition. */
    record Sent(Optional<String> partitionKey, List<EncodedEvent> events) {}

    /**
     * Takes a complete delivery apart.
     *
     * @param format the delivery's message format
     */
    Sent decode(byte[] delivery, int format) throws Refusal {
        if (format != BATCH_FORMAT) {
            EncodedEvent event = event(delivery);
            return new Sent(event.partitionKey(), List.of(event));
        }
        Optional<String> key = Optional.empty();
        List<EncodedEvent> events = new ArrayList<>();
        for (Placed placed : sections(delivery)) {
            if (placed.section() instanceof MessageAnnotations annotations) {
                key = Optional.ofNullable(orEmpty(annotations.getValue()).get(EncodedEvent.PARTITION_KEY))
                        .map(Object::toString);
            } else if (placed.section() instanceof Data data) {
                events.add(event(bytes(data)));
            }
        }
        if (events.isEmpty()) {
            throw Refusal.undecodable("The batch holds no event.");
        }
        Optional<String> shared = key.or(events.get(0)::partitionKey);
        return new Sent(
                shared,
                shared.map(k -> events.stream().map(e -> e.withPartitionKey(k)).toList())
                        .orElse(events));
    }

    private EncodedEvent event(byte[] message) throws Refusal {
        byte[] header = NOTHING;
        Map<Symbol, Object> annotations = Map.of();
        int rest = message.length;
        for (Placed placed : sections(message)) {
            if (placed.section() instanceof Header) {
                header = Arrays.copyOfRange(message, placed.from(), placed.to());
            } else if (placed.section() instanceof MessageAnnotations found) {
                annotations = orEmpty(found.getValue());
            } else if (!(placed.section() instanceof DeliveryAnnotations)) {
                rest = placed.from();
                break;
            }
        }
        return new EncodedEvent(header, annotations, Arrays.copyOfRange(message, rest, message.length));
    }

    private List<Placed> sections(byte[] message) throws Refusal {
        List<Placed> sections = new ArrayList<>();
        ReadableBuffer buffer = ReadableBuffer.ByteBufferReader.wrap(message);
        decoder.setBuffer(buffer);
        try {
            while (buffer.hasRemaining()) {
                int from = buffer.position();
                if (!(decoder.readObject() instanceof Section section)) {
                    throw Refusal.undecodable("No message section at byte " + from + ".");
                }
                sections.add(new Placed(section, from, buffer.position()));
            }
        } catch (RuntimeException e) {
            throw Refusal.undecodable("Not an AMQP message: " + e.getMessage());
        } finally {
            decoder.setBuffer(null);
        }
        return sections;
    }

    /**
     * An event as a receiver gets it: the producer's bytes with the hub's annotations between them.
     *
     * @param deliveryAnnotations empty for none
     */
    byte[] encode(PartitionEvent stored, Map<Symbol, Object> deliveryAnnotations) {
        EncodedEvent event = stored.event();
        Map<Symbol, Object> annotations = new LinkedHashMap<>(event.annotations());
        annotations.put(SEQUENCE_NUMBER, stored.sequenceNumber());
        annotations.put(OFFSET, Long.toString(stored.offset()));
        annotations.put(ENQUEUED_TIME, new Date(stored.enqueuedTime()));
        ByteBuffer sections = sections(deliveryAnnotations, annotations);
        return ByteBuffer.allocate(event.header().length + sections.remaining() + event.rest().length)
                .put(event.header())
                .put(sections)
                .put(event.rest())
                .array();
    }

    private ByteBuffer sections(Map<Symbol, Object> deliveryAnnotations, Map<Symbol, Object> messageAnnotations) {
        while (true) {
            try {
                encoder.setByteBuffer(scratch.clear());
                if (!deliveryAnnotations.isEmpty()) {
                    encoder.writeObject(new DeliveryAnnotations(deliveryAnnotations));
                }
                encoder.writeObject(new MessageAnnotations(messageAnnotations));
                return scratch.flip();
            } catch (BufferOverflowException e) {
                scratch = ByteBuffer.allocate(2 * scratch.capacity());
            }
        }
    }

    /** The event in the form that assertions want. */
    StoredEvent describe(Partition partition, PartitionEvent stored) {
        Map<String, Object> properties = Map.of();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (Placed placed : sections(stored.event().rest())) {
                if (placed.section() instanceof ApplicationProperties found) {
                    properties = orEmpty(found.getValue());
                } else if (placed.section() instanceof Data data) {
                    body.writeBytes(bytes(data));
                } else if (placed.section() instanceof AmqpValue value) {
                    body.writeBytes(String.valueOf(value.getValue()).getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (Refusal e) {
            throw new IllegalStateException("stored events were decodable when they arrived", e);
        }
        return new StoredEvent(
                partition.id(),
                stored.sequenceNumber(),
                stored.event().partitionKey(),
                body.toByteArray(),
                properties,
                new Date(stored.enqueuedTime()).toInstant());
    }

    /** A section without a value is legal, and means the same as an empty one. */
    private static <K, V> Map<K, V> orEmpty(Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private static byte[] bytes(Data data) {
        Binary value = data.getValue();
        return Arrays.copyOfRange(value.getArray(), value.getArrayOffset(), value.getArrayOffset() + value.getLength());
    }
}
