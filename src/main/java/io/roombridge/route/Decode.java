package io.roombridge.route;

import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.portal.Decoded;
import io.roombridge.portal.PortalEvents;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Takes a message of the hub apart into its events, each with its own outcome. What cannot be read becomes an event with
 * a reason; nothing a sender does makes this throw.
 */
public final class Decode {

    private static final String METADATA = "CamelAzureEventHubsMetadata";
    private static final String CONTENT_TYPE = "content-type";

    private final PortalEvents events;
    private final Clock machine;

    public Decode(PortalEvents events, Clock machine) {
        this.events = events;
        this.machine = machine;
    }

    public List<Passage> decode(
            @Body byte[] body,
            @Header(METADATA) Map<String, Object> properties,
            @Header(RoombridgeEventHubsComponent.ATTEMPT) Integer attempt,
            @Header(RoombridgeEventHubsComponent.FIRST_ATTEMPT_AT) Instant firstAt) {
        Map<String, Object> known = properties == null ? Map.of() : properties;
        Attempt present = new Attempt(attempt == null ? 1 : attempt, firstAt == null ? machine.instant() : firstAt);
        Optional<String> contentType =
                Optional.ofNullable(known.get(CONTENT_TYPE)).map(Object::toString);
        List<Decoded> decoded = events.decode(body, contentType, known);
        return decoded.stream().map(event -> Passage.of(event, present)).toList();
    }
}
