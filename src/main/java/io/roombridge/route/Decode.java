package io.roombridge.route;

import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.portal.Decoded;
import io.roombridge.portal.PortalEvents;
import io.roombridge.route.Outcomes.Side;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Takes a message of the hub apart into its events, each with its own outcome. What cannot be read becomes an event with
 * a reason; nothing a sender does makes this throw.
 */
public final class Decode {

    private static final String METADATA = "CamelAzureEventHubsMetadata";
    static final String PARTITION = "CamelAzureEventHubsPartitionId";
    static final String SEQUENCE_NUMBER = "CamelAzureEventHubsSequenceNumber";
    private static final String CONTENT_TYPE = "content-type";

    private final PortalEvents events;
    private final Outcomes outcomes;
    private final Clock machine;
    private final AtomicLong withoutPosition = new AtomicLong();

    Decode(PortalEvents events, Outcomes outcomes, Clock machine) {
        this.events = events;
        this.outcomes = outcomes;
        this.machine = machine;
    }

    public List<Passage> decode(
            @Body byte[] body,
            @Header(METADATA) Map<String, Object> properties,
            @Header(RoombridgeEventHubsComponent.ATTEMPT) Integer attempt,
            @Header(RoombridgeEventHubsComponent.FIRST_ATTEMPT_AT) Instant firstAt,
            @Header(RoombridgeEventHubsComponent.CROWDED) Boolean crowded,
            @Header(PARTITION) String partition,
            @Header(SEQUENCE_NUMBER) Long sequence) {
        Map<String, Object> known = properties == null ? Map.of() : properties;
        Optional<String> contentType =
                Optional.ofNullable(known.get(CONTENT_TYPE)).map(Object::toString);
        List<Decoded> decoded = events.decode(body, contentType, known);
        // A message that does not come from a hub has no position, and stands for itself each time.
        String delivery =
                sequence == null ? "-/" + withoutPosition.incrementAndGet() : Arrival.delivery(partition, sequence);
        Instant presented = firstAt == null ? machine.instant() : firstAt;
        List<Arrival> arrivals = IntStream.range(0, decoded.size())
                .mapToObj(i -> new Arrival(delivery, Integer.toString(i)))
                .toList();
        outcomes.read(Side.PORTAL, arrivals);
        return IntStream.range(0, decoded.size())
                .mapToObj(i -> Passage.of(
                        decoded.get(i),
                        new Attempt(
                                attempt == null ? 1 : attempt,
                                presented,
                                Optional.of(arrivals.get(i)),
                                Boolean.TRUE.equals(crowded))))
                .toList();
    }
}
