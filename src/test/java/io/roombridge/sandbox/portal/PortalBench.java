package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.SendOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.PortalCommand;
import io.roombridge.portal.PortalCommands;
import io.roombridge.sandbox.SandboxClock;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A living portal at an embedded endpoint, and a bridge that is nothing but the genuine SDK and the bridge's encoder. */
final class PortalBench implements AutoCloseable {

    static final String EVENTS = "portal-events";
    static final String COMMANDS = "portal-commands";
    static final Instant NOON = Instant.parse("2026-06-04T12:00:00Z");

    final EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs(EVENTS, COMMANDS));
    final SandboxClock clock = SandboxClock.standingStill(NOON);
    final SandboxPortal portal;
    private final EventHubProducerClient commands = producer(COMMANDS);
    private final PortalCommands encoder = new PortalCommands();
    private final HttpClient http = HttpClient.newHttpClient();

    PortalBench(Path directory) {
        portal = SandboxPortal.start(new SandboxPortal.Hubs(hubs, EVENTS, COMMANDS), directory, clock, 7);
    }

    private EventHubProducerClient producer(String hub) {
        return new EventHubClientBuilder()
                .connectionString(hubs.connectionString(hub))
                .buildProducerClient();
    }

    /** Sends a command about a ticket as the bridge does. */
    void command(String id, String ticketId, PortalCommand.Request request) {
        PortalCommand command = PortalCommand.about(tenant(ticketId), ticketId, id, clock.instant(), request);
        send(encoder.encode(command), encoder.partitionKey(command));
    }

    void command(PortalCommand command) {
        send(encoder.encode(command), encoder.partitionKey(command));
    }

    void send(byte[] body, String partitionKey) {
        commands.send(List.of(new EventData(body)), new SendOptions().setPartitionKey(partitionKey));
    }

    void send(String body) {
        send(body.getBytes(StandardCharsets.UTF_8), "any");
    }

    /** Sends an event as somebody else's relay would. */
    void event(ObjectNode event) {
        try (EventHubProducerClient events = producer(EVENTS)) {
            events.send(
                    List.of(Wire.structured(event)),
                    new SendOptions().setPartitionKey(event.path("partitionkey").asText()));
        }
    }

    /** Waits until the relay is through with all commands; what it did with them. */
    List<CommandRecord> outcomes() {
        await().atMost(Duration.ofSeconds(30)).until(portal::idle);
        return portal.commands();
    }

    List<ObjectNode> events() {
        return hubs.events(EVENTS).stream()
                .flatMap(message -> Wire.events(message).stream())
                .toList();
    }

    List<ObjectNode> causedBy(String commandId) {
        return events().stream()
                .filter(event -> event.path("correlationid").asText().equals(commandId))
                .toList();
    }

    /** The newest event of the name that belongs to the ticket. */
    ObjectNode last(String name, String ticketId) {
        return events().stream()
                .filter(event -> PortalMemory.name(event).equals(name))
                .filter(event -> event.path("ticketid").asText().equals(ticketId))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    String tenant(String ticketId) {
        return events().stream()
                .filter(event -> event.path("ticketid").asText().equals(ticketId))
                .map(event -> event.path("tenantid").asText())
                .findFirst()
                .orElseThrow();
    }

    URI downloadUrl(JsonNode event) {
        return URI.create(event.at("/data/downloadUrl").asText());
    }

    HttpResponse<byte[]> get(URI address) throws Exception {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Puts content as the bridge would; where it lies. */
    URI put(String ticketId, String id, byte[] content) throws Exception {
        URI address = URI.create(portal.content().url() + "/" + tenant(ticketId) + "/" + ticketId + "/" + id);
        assertThat(put(address, content, Optional.of(portal.content().token()))).isEqualTo(201);
        return address;
    }

    int put(URI address, byte[] content, Optional<String> token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).PUT(HttpRequest.BodyPublishers.ofByteArray(content));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Whatever was done: each event keeps its schema, and the sequence of each ticket rises strictly. */
    void everythingToldKeepsTheContract() {
        ContractSchemas schemas = new ContractSchemas();
        Map<String, Long> sequences = new HashMap<>();
        for (ObjectNode event : events()) {
            assertThat(schemas.faults(PortalMemory.name(event), event))
                    .as(event.toPrettyString())
                    .isEmpty();
            if (event.has("sequence")) {
                long sequence = event.path("sequence").asLong();
                Long before = sequences.put(event.path("ticketid").asText(), sequence);
                assertThat(sequence).isGreaterThan(before == null ? -1 : before);
            }
        }
    }

    @Override
    public void close() {
        portal.close();
        commands.close();
        hubs.close();
    }
}
