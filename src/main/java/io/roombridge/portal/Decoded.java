package io.roombridge.portal;

import io.roombridge.ticket.Change;
import io.roombridge.ticket.ChangeId;
import java.util.Optional;

/** What reading one event came to. Every event of a message ends as exactly one of these. */
public sealed interface Decoded {

    /** The event keeps the contract. */
    record Accepted(Change change) implements Decoded {}

    /**
     * A valid CloudEvent of a type this version does not know: ignored, counted and kept.
     *
     * @param payload the event as structured-mode JSON
     */
    record Unknown(ChangeId id, String type, String payload) implements Decoded {}

    /**
     * The event does not keep the contract.
     *
     * @param id the dedupe key, if {@code source} and {@code id} could be read
     * @param path where the problem is, as a JSON path within the event, for example {@code $.data.ticket.title};
     *     {@code $} is the event, or the whole message if it could not be taken apart
     * @param problem what was found and what was expected, for people
     * @param payload the event as structured-mode JSON, or the message's text as far as it can be read
     * @param partitionKey the partition key, if it could be read
     */
    record Rejected(Optional<ChangeId> id, String path, String problem, String payload, Optional<String> partitionKey)
            implements Decoded {}
}
