package io.roombridge.sandbox.eventhubs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.amqp.Symbol;

/**
 * An event as its producer encoded it. Only the message annotations are taken apart, since the hub adds to them;
 * everything else travels byte for byte.
 *
 * @param header the header section, or nothing
 * @param rest properties, application properties, body and footer
 */
record EncodedEvent(byte[] header, Map<Symbol, Object> annotations, byte[] rest) {

    static final Symbol PARTITION_KEY = Symbol.valueOf("x-opt-partition-key");

    Optional<String> partitionKey() {
        return Optional.ofNullable(annotations.get(PARTITION_KEY)).map(Object::toString);
    }

    /** Some clients put the key of a batch on its envelope only: each event of it gets it. */
    EncodedEvent withPartitionKey(String key) {
        Map<Symbol, Object> more = new LinkedHashMap<>(annotations);
        more.putIfAbsent(PARTITION_KEY, key);
        return new EncodedEvent(header, more, rest);
    }

    /** Never 0, so that offsets built from it grow. */
    int size() {
        return Math.max(1, header.length + rest.length);
    }
}
