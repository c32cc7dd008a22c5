package io.roombridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.Decoded.Accepted;
import io.roombridge.portal.Decoded.Rejected;
import io.roombridge.portal.Decoded.Unknown;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.TicketKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalEventsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final PortalEvents EVENTS = new PortalEvents();
    private static final Optional<String> STRUCTURED = Optional.of("application/cloudevents+json");
    private static final Optional<String> BATCH = Optional.of("application/cloudevents-batch+json; charset=utf-8");
    private static final Optional<String> JSON = Optional.of("application/json");

    @ParameterizedTest
    @ValueSource(strings = {"cloudEvents:", "cloudEvents_", "ce_"})
    void binaryModeMeansTheSameAsStructuredMode(String prefix) {
        for (EventExamples.Example example : EventExamples.events()) {
            // Given
            ObjectNode event = tree(example.json());
            // When
            Change structured = accepted(EVENTS.decode(bytes(event), STRUCTURED, Map.of()));
            Change binary = accepted(EVENTS.decode(bytes(event.get("data")), JSON, properties(prefix, event)));
            // Then
            assertThat(binary)
                    .usingRecursiveComparison()
                    .ignoringFields("payload")
                    .isEqualTo(structured);
            assertThat(tree(binary.payload())).isEqualTo(tree(structured.payload()));
        }
    }

    @Test
    void binaryAttributesMayHaveTheTypesOfAmqp() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        Map<String, Object> properties = properties("cloudEvents:", event);
        properties.put("cloudEvents:time", Date.from(Instant.parse("2026-06-01T08:15:00Z")));
        properties.put("cloudEvents:sequence", 41L);
        properties.put("cloudEvents:source", URI.create("/mtrp/tenants/contoso"));
        properties.put("Diagnostic-Id", "somebody else's");
        // When
        Change change = accepted(EVENTS.decode(bytes(event.get("data")), JSON, properties));
        // Then
        assertThat(change.at()).isEqualTo("2026-06-01T08:15:00Z");
        assertThat(change.sequence()).hasValue(41);
    }

    @Test
    void anAttributeWithTwoValuesIsRejected() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        Map<String, Object> properties = properties("cloudEvents:", event);
        properties.put("ce_tenantid", "fabrikam");
        // When
        Rejected rejected = rejected(EVENTS.decode(bytes(event.get("data")), JSON, properties));
        // Then
        assertThat(rejected.path()).isEqualTo("$.tenantid");
    }

    @Test
    void aBatchYieldsOneResultForEachEventInItsOrder() {
        // Given
        ArrayNode batch = MAPPER.createArrayNode();
        batch.add(tree(EventExamples.event("ticket.opened")));
        batch.add(edited("ticket.updated", event -> event.put("type", "io.roombridge.portal.ticket.split.v1")));
        batch.add(edited("ticket.resolved", event -> event.remove("time")));
        batch.add(42);
        batch.add(tree(EventExamples.event("ticket.closed")));
        // When
        List<Decoded> decoded = EVENTS.decode(bytes(batch), BATCH, Map.of());
        // Then
        assertThat(decoded)
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(Accepted.class, Unknown.class, Rejected.class, Rejected.class, Accepted.class);
        assertThat(((Rejected) decoded.get(2)).path()).isEqualTo("$.time");
        assertThat(((Rejected) decoded.get(2)).id())
                .contains(new ChangeId(
                        "/mtrp/tenants/contoso#" + batch.get(2).get("id").textValue()));
        assertThat(((Rejected) decoded.get(3)).payload()).isEqualTo("42");
    }

    @Test
    void withoutAContentTypeTheBodyTellsTheMode() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        // Then
        assertThat(EVENTS.decode(bytes(event), Optional.empty(), Map.of()))
                .singleElement()
                .isInstanceOf(Accepted.class);
        assertThat(EVENTS.decode(bytes(MAPPER.createArrayNode().add(event).add(event)), Optional.empty(), Map.of()))
                .hasSize(2)
                .allMatch(Accepted.class::isInstance);
    }

    @Test
    void anEmptyBatchHasNothingToSay() {
        assertThat(EVENTS.decode("[]".getBytes(StandardCharsets.UTF_8), BATCH, Map.of()))
                .isEmpty();
    }

    @Test
    void dataInBase64IsReadAsData() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        ObjectNode encoded = event.deepCopy();
        encoded.remove("data");
        encoded.put("data_base64", Base64.getEncoder().encodeToString(bytes(event.get("data"))));
        // When
        Change change = accepted(EVENTS.decode(bytes(encoded), STRUCTURED, Map.of()));
        // Then
        assertThat(tree(change.payload())).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({"'7', string expected", "'\"%%%\"', base 64", "'\"e30=\"', missing", "'\"eyI=\"', JSON"})
    void dataInBase64MustHoldTheData(String value, String problem) {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        event.remove("data");
        event.set("data_base64", any(value));
        // When
        Rejected rejected = rejected(EVENTS.decode(bytes(event), STRUCTURED, Map.of()));
        // Then
        assertThat(rejected.path()).startsWith("$.data");
        assertThat(rejected.problem()).contains(problem).doesNotStartWith(PortalEvents.UNFORESEEN);
    }

    @Test
    void theLongestIdsAreStillIds() {
        // Given
        ObjectNode event = edited(
                "ticket.opened",
                node -> node.put("id", "\uD83D\uDE80".repeat(200))
                        .put("source", "/" + "x".repeat(255))
                        .put("type", "com.example.other"));
        // Then
        assertThat(EVENTS.decode(bytes(event), STRUCTURED, Map.of()))
                .singleElement()
                .isInstanceOf(Unknown.class);
    }

    @Test
    void anUnknownTypeIsNoFault() {
        // Given
        ObjectNode event =
                tree("{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/other\",\"type\":\"com.example.x\","
                        + "\"data\":\"anything\"}");
        // When
        List<Decoded> decoded = EVENTS.decode(bytes(event), STRUCTURED, Map.of());
        // Then
        assertThat(decoded).containsExactly(new Unknown(new ChangeId("/other#7"), "com.example.x", event.toString()));
    }

    @Test
    void anUnknownBinaryTypeMayHaveDataOfAnyKind() {
        // Given
        Map<String, Object> properties =
                Map.of("ce_specversion", "1.0", "ce_id", "7", "ce_source", "/other", "ce_type", "com.example.x");
        // When
        List<Decoded> decoded = EVENTS.decode(new byte[] {1, 2, (byte) 0xFF}, Optional.of("image/png"), properties);
        // Then
        assertThat(decoded).singleElement().isInstanceOf(Unknown.class);
    }

    @Test
    void unknownFieldsAreIgnoredEverywhere() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        addStrangersTo(event.get("data"));
        event.put("myattribute", 7.5).put("big", Long.MAX_VALUE).put("My_Attribute", "x");
        // Then
        assertThat(accepted(EVENTS.decode(bytes(event), STRUCTURED, Map.of())).ticketId())
                .isPresent();
    }

    static Stream<String> requiredPaths() {
        return Stream.of(
                "specversion",
                "id",
                "source",
                "type",
                "time",
                "tenantid",
                "partitionkey",
                "sequence",
                "data",
                "data.ticket",
                "data.rooms",
                "data.rooms[0].roomId",
                "data.rooms[0].name",
                "data.device.deviceId",
                "data.actor.type",
                "data.ticket.ticketId",
                "data.ticket.key",
                "data.ticket.key.roomId",
                "data.ticket.key.signalType",
                "data.ticket.origin",
                "data.ticket.state",
                "data.ticket.severity",
                "data.ticket.title",
                "data.ticket.occurrence",
                "data.ticket.createdAt");
    }

    @ParameterizedTest
    @MethodSource("requiredPaths")
    void aMissingFieldIsRejectedAtItsPlace(String path) {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        remove(event, path);
        // When
        Rejected rejected = rejected(EVENTS.decode(bytes(event), STRUCTURED, Map.of()));
        // Then
        assertThat(rejected.path()).isEqualTo("$." + path);
        assertThat(rejected.problem()).isEqualTo("is missing; expected a value");
        assertThat(rejected.payload()).isEqualTo(event.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "ticket.status-changed, from",
        "ticket.status-changed, to",
        "ticket.severity-changed, from",
        "ticket.severity-changed, to",
        "ticket.message-added, messageId",
        "ticket.message-added, actor",
        "ticket.message-added, text",
        "ticket.message-added, visibility",
        "ticket.attachment-added, attachmentId",
        "ticket.attachment-added, fileName",
        "ticket.attachment-added, contentType",
        "ticket.attachment-added, size",
        "ticket.attachment-added, downloadUrl",
        "ticket.remediation, workflow",
        "ticket.remediation, outcome",
        "ticket.resolved, reason",
        "ticket.closed, closeReason",
        "ticket.snapshot, messages[0].at",
        "ticket.snapshot, history[1].what",
        "signal.suppressed, key",
        "signal.suppressed, key.roomId",
        "signal.unsuppressed, rooms",
        "device.suppressed, device",
        "device.unsuppressed, rooms",
        "signal.disabled, signalType",
        "signal.enabled, signalType",
        "device.onboarding, device",
        "device.enrolled, rooms",
        "device.unenrolled, device",
        "device.replaced, device",
        "room.changed, rooms",
        "stream.heartbeat, partitionWatermark"
    })
    void whatAKindMustSayIsRejectedAtItsPlaceWhenMissing(String name, String path) {
        // Given
        ObjectNode event = tree(EventExamples.event(name));
        remove(event, "data." + path);
        // Then
        assertThat(rejected(EVENTS.decode(bytes(event), STRUCTURED, Map.of())).path())
                .isEqualTo("$.data." + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"roomId", "signalType", "deviceRole", "instance"})
    void aBlankPartOfTheKeyIsRejectedAtItsPlace(String part) {
        for (String blank : List.of("", " ", "\t", "\u00A0", "\u2003\u200B")) {
            // Given
            ObjectNode event =
                    edited("ticket.opened", node -> ((ObjectNode) node.at("/data/ticket/key")).put(part, blank));
            // Then
            assertThat(rejected(EVENTS.decode(bytes(event), STRUCTURED, Map.of()))
                            .path())
                    .isEqualTo("$.data.ticket.key." + part);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/tenantid, '\" \"', $.tenantid, must hold at least one visible character",
        "/sequence, '\"-1\"', $.sequence, must be decimal digits",
        "/sequence, '\"9223372036854775808\"', $.sequence, at most 9223372036854775807",
        "/sequence, -1, $.sequence, minimum value of 0",
        "/specversion, '\"0.3\"', $.specversion, 1.0",
        "/source, '\"/a#b\"', $.source, URI reference without a fragment",
        "/source, '\"/a%zz\"', $.source, URI-reference",
        "/time, '\"yesterday\"', $.time, RFC 3339",
        "/time, '\"2026-06-31T00:00:00Z\"', $.time, RFC 3339",
        "/datacontenttype, '\"text/xml\"', $.datacontenttype, must be JSON",
        "/data/ticket/severity, '\"purple\"', $.data.ticket.severity, critical",
        "/data/ticket/occurrence, 0, $.data.ticket.occurrence, minimum value of 1",
        "/data/ticket/portalUrl, '\"javascript:alert(1)\"', $.data.ticket.portalUrl, absolute http or https URL",
        "/data/ticket/key/signalType, '\"Recorded issue\"', $.data.ticket.key.signalType, recorded",
        "/data/rooms, '[]', $.data.rooms, at least 1",
        "/data/rooms, '{}', $.data.rooms, array expected",
        "/data/rooms/0/tags, '[1]', $.data.rooms[0].tags[0], string expected"
    })
    void aWrongValueIsRejectedWithItsPlaceAndWhatWasExpected(
            String pointer, String value, String path, String problem) {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) event.at(pointer.substring(0, end))).set(pointer.substring(end + 1), any(value));
        // When
        Rejected rejected = rejected(EVENTS.decode(bytes(event), STRUCTURED, Map.of()));
        // Then
        assertThat(rejected.path()).isEqualTo(path);
        assertThat(rejected.problem()).contains(problem);
        assertThat(rejected.partitionKey()).hasValue("contoso|room-12");
    }

    @Test
    void aLongValueIsNotRepeatedInTheProblem() {
        // Given
        String secret = "ftp://files.example.com/a?sig=" + "s3cr3t".repeat(10);
        ObjectNode event =
                edited("ticket.attachment-added", node -> ((ObjectNode) node.get("data")).put("downloadUrl", secret));
        // Then
        assertThat(rejected(EVENTS.decode(bytes(event), STRUCTURED, Map.of())).problem())
                .doesNotContain("s3cr3t")
                .endsWith("was a text of 90 characters");
    }

    static Stream<String> unreadable() {
        String event = EventExamples.event("ticket.opened");
        return Stream.of(
                "",
                "   ",
                "null",
                "[",
                "{\"id\":",
                event + "{}",
                event.replaceFirst("\\{", "{\"id\": \"other\","),
                event.replace("\"severity\"", "\"state\": \"new\", \"severity\""),
                event.replace("room-12", "room-\\u0000"),
                event.replace("room-12", "room-\\ud800"),
                event.replace("\"occurrence\": 1", "\"occurrence\": 1, \"x\": 1e999"),
                event.replace("\"occurrence\": 1", "\"occurrence\": 1, \"x\": " + "9".repeat(100)),
                event.replace("\"occurrence\": 1", "\"occurrence\": 1, \"x\": " + "[".repeat(100_000)),
                event.replace("\"occurrence\"", "\"" + "x".repeat(5_000) + "\": 1, \"occurrence\""),
                event.replace("\"occurrence\": 1", "\"occurrence\": 1, \"x\": [" + "0,".repeat(300_000) + "0]"),
                event.replace("\"occurrence\": 1", "\"occurrence\": 1, \"x\": \"" + "x".repeat(1 << 20) + "\""));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoStrictBoundedJsonIsRejected(String body) {
        // When
        Rejected rejected = rejected(EVENTS.decode(body.getBytes(StandardCharsets.UTF_8), STRUCTURED, Map.of()));
        // Then
        assertThat(rejected.path()).startsWith("$");
        assertThat(rejected.problem())
                .isNotBlank()
                .doesNotStartWith(PortalEvents.UNFORESEEN)
                .doesNotStartWith("is missing");
    }

    @Test
    void wrongUtf8IsRejectedInsteadOfReplaced() {
        // Given
        byte[] body = EventExamples.event("ticket.opened").getBytes(StandardCharsets.ISO_8859_1);
        body[body.length / 2] = (byte) 0xE9;
        // Then
        assertThat(rejected(EVENTS.decode(body, STRUCTURED, Map.of())).problem())
                .contains("is not UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoFault() {
        // Given
        String body = "\uFEFF" + EventExamples.event("ticket.opened");
        // Then
        assertThat(EVENTS.decode(body.getBytes(StandardCharsets.UTF_8), Optional.empty(), Map.of()))
                .singleElement()
                .isInstanceOf(Accepted.class);
    }

    @Test
    void aDuplicateKeyIsNamed() {
        // Given
        String body = EventExamples.event("ticket.opened").replace("\"severity\"", "\"state\": \"new\", \"severity\"");
        // Then
        assertThat(rejected(EVENTS.decode(body.getBytes(StandardCharsets.UTF_8), STRUCTURED, Map.of()))
                        .path())
                .isEqualTo("$.data.ticket.state");
    }

    @Test
    void anOffsetIsAnInstantAndPaddingIsNoValue() {
        // Given
        ObjectNode event = edited(
                "ticket.opened",
                node -> node.put("time", "2026-06-01T10:15:00.5+02:00").put("sequence", "00000000000000000000000042"));
        // When
        Change change = accepted(EVENTS.decode(bytes(event), STRUCTURED, Map.of()));
        // Then
        assertThat(change.at()).isEqualTo("2026-06-01T08:15:00.500Z");
        assertThat(change.sequence()).hasValue(42);
    }

    @Test
    void aRecordedIssueIsKeyedByItsTicketIdAndNamesItsRooms() {
        // When
        Change change = EventExamples.events().stream()
                .filter(example -> example.json().contains("\"recorded\""))
                .map(example -> accepted(EVENTS.decode(bytes(tree(example.json())), STRUCTURED, Map.of())))
                .findFirst()
                .orElseThrow();
        // Then
        assertThat(change.ticket().orElseThrow().key())
                .isEqualTo(new TicketKey.RecordedIssue("contoso", "9c1120-issue1"));
        assertThat(change.rooms()).hasSize(2);
        assertThat(change.partitionKey()).isEqualTo("contoso|recorded|9c1120-issue1");
    }

    @Test
    void detailsSayWhatTheEventSays() {
        assertThat(detail("ticket.message-added"))
                .isEqualTo(new Detail.Message(
                        "m-301",
                        Instant.parse("2026-06-01T08:40:00Z"),
                        "I reseated the cable, no change.",
                        false,
                        true,
                        true));
        assertThat(detail("ticket.closed")).isEqualTo(new Detail.Recovery("recovered", Optional.empty()));
        assertThat(detail("signal.unsuppressed"))
                .isEqualTo(new Detail.Suppression(
                        Optional.of(new TicketKey.RoomSignal("contoso", "room-12", "", "Display", "display-1")),
                        false,
                        Optional.of(true)));
        assertThat(detail("signal.disabled"))
                .isEqualTo(new Detail.SignalSwitch("OS version", List.of("windows"), false));
        assertThat(detail("device.unenrolled"))
                .isEqualTo(new Detail.Lifecycle(Detail.Lifecycle.Stage.UNENROLLED, Optional.of("Room is rebuilt.")));
        assertThat(detail("stream.heartbeat")).isEqualTo(new Detail.Heartbeat(Instant.parse("2026-06-01T08:14:30Z")));
    }

    @Test
    void anEventThatACommandCausedNamesTheCommand() {
        assertThat(accepted(EVENTS.decode(bytes(tree(EventExamples.event("ticket.snapshot"))), STRUCTURED, Map.of()))
                        .correlationId())
                .hasValue("rbc-5512");
    }

    @Test
    void orderKeysAreThePartitionKeysOfTheMessage() {
        // Given
        ObjectNode first = tree(EventExamples.event("ticket.opened"));
        ObjectNode second = edited("ticket.updated", node -> node.put("partitionkey", "contoso|room-13"));
        byte[] batch = bytes(MAPPER.createArrayNode().add(first).add(second).add(first));
        // Then
        assertThat(EVENTS.orderKeys(bytes(first), STRUCTURED, Map.of())).containsExactly("contoso|room-12");
        assertThat(EVENTS.orderKeys(batch, BATCH, Map.of()))
                .containsExactlyInAnyOrder("contoso|room-12", "contoso|room-13");
        assertThat(EVENTS.orderKeys(new byte[0], JSON, properties("ce_", second)))
                .containsExactly("contoso|room-13");
        assertThat(EVENTS.orderKeys("{\"a\":".getBytes(StandardCharsets.UTF_8), STRUCTURED, Map.of()))
                .isEmpty();
        assertThat(EVENTS.orderKeys(new byte[0], Optional.empty(), Map.of())).isEmpty();
    }

    private static Detail detail(String name) {
        return accepted(EVENTS.decode(bytes(tree(EventExamples.event(name))), STRUCTURED, Map.of()))
                .detail();
    }

    private static Change accepted(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Accepted.class);
        return ((Accepted) decoded.get(0)).change();
    }

    private static Rejected rejected(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Rejected.class);
        return (Rejected) decoded.get(0);
    }

    static Map<String, Object> properties(String prefix, ObjectNode event) {
        Map<String, Object> properties = new HashMap<>();
        event.properties().forEach(attribute -> {
            if (!attribute.getKey().equals("data") && !attribute.getKey().equals("datacontenttype")) {
                properties.put(prefix + attribute.getKey(), attribute.getValue().asText());
            }
        });
        return properties;
    }

    private static ObjectNode edited(String name, Consumer<ObjectNode> edit) {
        ObjectNode event = tree(EventExamples.event(name));
        edit.accept(event);
        return event;
    }

    /** Removes a member, or the required member of an array's element. */
    private static void remove(ObjectNode event, String path) {
        String pointer = "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) event.at(pointer.substring(0, end))).remove(pointer.substring(end + 1));
    }

    private static void addStrangersTo(JsonNode node) {
        new ArrayList<>(node.findParents("roomId"))
                .forEach(parent -> ((ObjectNode) parent).putArray("strange").add(1.5));
        if (node instanceof ObjectNode object) {
            object.putObject("unheardOf").put("deep", true);
        }
        ((ObjectNode) node.get("ticket")).putNull("unheardOf");
    }

    private static JsonNode any(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) any(json);
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
