package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.sandbox.eventhubs.StoredEvent;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the portal knows of its tickets. The stream is its memory: whatever stands in the hub happened, whether the script of
 * a day, a test or the portal itself sent it, and what breaks the contract did not. Read in process, so that it is complete
 * whenever it is asked. Its user holds one lock around each use.
 */
final class PortalMemory {

    private static final Logger log = LoggerFactory.getLogger(PortalMemory.class);
    private static final String PREFIX = "io.roombridge.portal.";
    private static final String VERSION = ".v1";

    private final SandboxPortal.Hubs hubs;
    private final ContentStore content;
    private final Map<String, Long> next = new HashMap<>();
    private final Map<String, RememberedTicket> tickets = new LinkedHashMap<>();

    PortalMemory(SandboxPortal.Hubs hubs, ContentStore content) {
        this.hubs = hubs;
        this.content = content;
        hubs.endpoint().partitions(hubs.events()).forEach(partition -> next.put(partition, 0L));
    }

    /** The name of an event's or command's type, without prefix and version; empty for a foreign type. */
    static String name(JsonNode event) {
        String type = event.path("type").asText();
        return type.startsWith(PREFIX) && type.endsWith(VERSION)
                ? type.substring(PREFIX.length(), type.length() - VERSION.length())
                : "";
    }

    static String type(String name) {
        return PREFIX + name + VERSION;
    }

    Optional<RememberedTicket> ticket(String ticketId) {
        catchUp();
        return Optional.ofNullable(tickets.get(ticketId));
    }

    /** All tickets, in the order in which they were first heard of. */
    List<RememberedTicket> tickets() {
        catchUp();
        return List.copyOf(tickets.values());
    }

    /** What is told from here is known before it stands in the hub, so that the next event builds on it. */
    void learn(ObjectNode event) {
        String ticketId = event.at("/data/ticket/ticketId").asText();
        if (!ticketId.isEmpty() && name(event).startsWith("ticket.")) {
            tickets.computeIfAbsent(
                            ticketId,
                            id -> new RememberedTicket(event.path("tenantid").asText(), id))
                    .learn(event, content);
        }
    }

    private void catchUp() {
        next.replaceAll((partition, from) -> {
            List<StoredEvent> news = hubs.endpoint().events(hubs.events(), partition, from);
            news.forEach(message -> Wire.events(message).forEach(this::tryToLearn));
            return news.isEmpty() ? from : news.get(news.size() - 1).sequenceNumber() + 1;
        });
    }

    private void tryToLearn(ObjectNode event) {
        try {
            learn(event);
        } catch (DateTimeException | UnsupportedOperationException broken) {
            log.atDebug().setCause(broken).log("an event of the hub cannot be understood");
        }
    }
}
