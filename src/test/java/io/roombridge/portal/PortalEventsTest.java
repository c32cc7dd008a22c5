package io.roombridge.portal;

import static io.roombridge.portal.Messages.EVENTS;
import static io.roombridge.portal.Messages.STRUCTURED;
import static io.roombridge.portal.Messages.accepted;
import static io.roombridge.portal.Messages.bytes;
import static io.roombridge.portal.Messages.edited;
import static io.roombridge.portal.Messages.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.Decoded.Unknown;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an event means, and what does not matter. */
class PortalEventsTest {

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
    void unknownFieldsAreIgnoredEverywhere() {
        // Given
        ObjectNode event = tree(EventExamples.event("ticket.opened"));
        addStrangersTo(event.get("data"));
        event.put("myattribute", 7.5).put("big", Long.MAX_VALUE).put("My_Attribute", "x");
        // Then
        assertThat(accepted(EVENTS.decode(bytes(event), STRUCTURED, Map.of())).ticketId())
                .isPresent();
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
                        Optional.empty(),
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

    private static Detail detail(String name) {
        return accepted(EVENTS.decode(bytes(tree(EventExamples.event(name))), STRUCTURED, Map.of()))
                .detail();
    }

    private static void addStrangersTo(JsonNode node) {
        new ArrayList<>(node.findParents("roomId"))
                .forEach(parent -> ((ObjectNode) parent).putArray("strange").add(1.5));
        if (node instanceof ObjectNode object) {
            object.putObject("unheardOf").put("deep", true);
        }
        ((ObjectNode) node.get("ticket")).putNull("unheardOf");
    }
}
