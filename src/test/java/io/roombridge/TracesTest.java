package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import io.roombridge.sandbox.eventhubs.StoredEvent;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trace of a portal event goes through the writes to ServiceNow and back to the portal with the command they cause; that
 * of what the desk says goes to the portal and comes back with its answer.
 */
@Tag("length")
class TracesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path directory;

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private EmbeddedServiceNow serviceNow;
    private EmbeddedEventHubs hubs;
    private Bridge bridge;

    @BeforeEach
    void start() {
        serviceNow = EmbeddedServiceNow.start(io.roombridge.sandbox.servicenow.Setup.defaults());
        hubs = EmbeddedEventHubs.start(
                Setup.ofHubs().withHub("portal-events", 1, "roombridge").withHub("portal-commands", 1));
        bridge = Bridge.start(settings(), Clock.systemUTC(), Clock.systemUTC(), endpoint -> spans);
    }

    @AfterEach
    void stop() {
        bridge.close();
        hubs.close();
        serviceNow.close();
    }

    @Test
    void anEventsTraceGoesThroughItsIncidentToItsCommand() throws Exception {
        ObjectNode event = event("portal-1", "ticket.opened", 1);
        send(event.put("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        eventually().until(() -> command("link-snow").isPresent());

        RecordedRequest created = serviceNow.requests().to("incident").stream()
                .filter(request -> request.method().equals("POST"))
                .findFirst()
                .orElseThrow();
        assertThat(header(created, "traceparent"))
                .hasValueSatisfying(it -> assertThat(it).contains(TRACE));
        assertThat(command("link-snow").orElseThrow().path("traceparent").asText())
                .contains(TRACE);
        eventually().until(() -> names(TRACE).containsAll(List.of("azure-eventhubs", "servicenow")));
    }

    @Test
    void whatTheDeskSaysAndThePortalsAnswerAreOneTrace() throws Exception {
        ObjectNode opened = event("portal-1", "ticket.opened", 1);
        send(opened);
        eventually().until(() -> !serviceNow.desk().incidents().isEmpty());
        String incident = serviceNow.desk().incidents().get(0).sysId();
        eventually().until(() -> command("link-snow").isPresent());
        serviceNow.desk().as("beth.anglin").comment(incident, "Please look at the cable.");
        eventually().until(() -> command("message-add").isPresent());
        JsonNode command = command("message-add").orElseThrow();
        String trace = command.path("traceparent").asText().split("-")[1];

        ObjectNode answer = event("portal-2", "ticket.message-added", 2);
        answer.put("correlationid", command.path("id").asText());
        ((ObjectNode) answer.path("data"))
                .put("messageId", "m-1")
                .put("at", answer.path("time").asText())
                .put("text", "Please look at the cable.")
                .put("format", "text")
                .put("visibility", "customer");
        send(answer);

        eventually().until(() -> read(trace, "portal-events"));
    }

    /** Whether a span of the trace is about an event of this hub. */
    private boolean read(String trace, String hub) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .anyMatch(span -> span.getAttributes().toString().contains(hub));
    }

    private List<String> names(String trace) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .map(SpanData::getName)
                .toList();
    }

    private Optional<JsonNode> command(String name) {
        return hubs.events("portal-commands").stream()
                .map(TracesTest::read)
                .filter(one -> one.path("type").asText().contains("command." + name + "."))
                .findFirst();
    }

    private static JsonNode read(StoredEvent event) {
        try {
            return JSON.readTree(event.body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Optional<String> header(RecordedRequest request, String name) {
        return request.headers().entrySet().stream()
                .filter(one -> one.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static ObjectNode event(String id, String type, int sequence) throws Exception {
        ObjectNode event = (ObjectNode) JSON.readTree(Files.readString(Path.of("mappings/example-event.json")));
        event.put("id", id).put("type", "io.roombridge.portal." + type + ".v1");
        return event.put("sequence", "%020d".formatted(sequence));
    }

    private void send(ObjectNode event) {
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(List.of(new EventData(event.toString())));
        }
    }

    private static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }

    private Settings settings() {
        var account = serviceNow.accounts().integration();
        Map<String, String> given = new HashMap<>(Map.of(
                "roombridge.mode", "live",
                "roombridge.data-dir", directory.resolve("data").toString(),
                "roombridge.hub.connection-string", hubs.connectionString("portal-events"),
                "roombridge.poll.interval", "PT0.5S",
                "roombridge.poll.lag", "PT0S",
                "roombridge.instances.main.url", serviceNow.url().toString(),
                "roombridge.instances.main.auth", "basic",
                "roombridge.management.port", "0"));
        given.put("roombridge.instances.main.user", account.name());
        given.put("roombridge.instances.main.password", account.password());
        given.put("roombridge.traces.endpoint", "http://127.0.0.1:4318/v1/traces");
        return SettingsFile.read(directory.resolve("no-file"), Map.of(), given);
    }
}
