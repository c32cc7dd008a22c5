package io.roombridge.portal;

import static io.roombridge.portal.Messages.EVENTS;
import static io.roombridge.portal.Messages.STRUCTURED;
import static io.roombridge.portal.Messages.any;
import static io.roombridge.portal.Messages.bytes;
import static io.roombridge.portal.Messages.edited;
import static io.roombridge.portal.Messages.rejected;
import static io.roombridge.portal.Messages.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.Decoded.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks the contract is told with its place, and with what was expected there. */
class RejectedEventsTest {

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
    void aDuplicateKeyIsNamed() {
        // Given
        String body = EventExamples.event("ticket.opened").replace("\"severity\"", "\"state\": \"new\", \"severity\"");
        // Then
        assertThat(rejected(EVENTS.decode(body.getBytes(StandardCharsets.UTF_8), STRUCTURED, Map.of()))
                        .path())
                .isEqualTo("$.data.ticket.state");
    }

    /** Removes a member, or the required member of an array's element. */
    private static void remove(ObjectNode event, String path) {
        String pointer = "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) event.at(pointer.substring(0, end))).remove(pointer.substring(end + 1));
    }
}
