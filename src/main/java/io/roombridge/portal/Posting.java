package io.roombridge.portal;

import java.util.List;
import java.util.Optional;

/** What a message is whose sender can still be told: taken as it is, or refused with the place of its fault. */
public sealed interface Posting {

    /** Every event is a CloudEvent; whether it keeps the contract is judged when it is applied. */
    record Readable(List<Envelope> events) implements Posting {}

    /**
     * Something in it is no CloudEvent.
     *
     * @param path where, as a JSON path within the message
     * @param problem what was found and what was expected, for people
     */
    record Unreadable(String path, String problem) implements Posting {}

    /**
     * One event.
     *
     * @param tenant as it says itself, not normalised
     * @param partitionKey events that share it keep their order
     * @param payload the event as structured-mode JSON
     */
    record Envelope(Optional<String> tenant, Optional<String> partitionKey, String payload) {}
}
