package io.roombridge.sandbox.eventhubs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event as it lies in a partition, for assertions.
 *
 * @param body the bytes of its data sections, or of its text if a client sent a value
 * @param properties its application properties, with the types they had on the wire
 */
public record StoredEvent(
        String partition,
        long sequenceNumber,
        Optional<String> partitionKey,
        byte[] body,
        Map<String, Object> properties,
        Instant enqueuedTime) {

    /** The body as UTF-8. */
    public String bodyAsString() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
