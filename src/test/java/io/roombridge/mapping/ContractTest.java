package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.portal.Decoded;
import io.roombridge.portal.EventExamples;
import io.roombridge.portal.PortalEvents;
import io.roombridge.ticket.Change;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mappings and the event contract speak of the same fields. */
final class ContractTest {

    private static final PortalEvents EVENTS = new PortalEvents();

    private static Mappings mappings;

    @BeforeAll
    static void load() {
        mappings = Mappings.load(MappingFolder.shipped());
    }

    static Stream<EventExamples.Example> ticketEvents() {
        return EventExamples.events().stream().filter(example -> example.name().startsWith("ticket."));
    }

    @Test
    void theExampleOfTheMappingFolderKeepsTheContract() {
        assertThat(decoded(Examples.event().toString())).isInstanceOf(Decoded.Accepted.class);
        assertThat(decoded(Examples.event().sparse().toString())).isInstanceOf(Decoded.Accepted.class);
    }

    @ParameterizedTest
    @MethodSource("ticketEvents")
    void everyTicketEventOfTheContractMakesAnIncident(EventExamples.Example example) {
        // Given
        Change change = ((Decoded.Accepted) decoded(example.json())).change();
        Input input = Input.of(change.payload(), change.ticket().orElseThrow().key(), 1);
        // When
        IncidentFields fields = mappings.fields(IncidentWrite.CREATE, input);
        // Then
        assertThat(fields.values())
                .containsEntry("correlation_id", change.ticketId().orElseThrow().value())
                .containsKeys("short_description", "description", "impact", "urgency", "work_notes");
        assertThat(fields.values().toString()).doesNotContainPattern("\\bnull\\b");
    }

    @Test
    void messagesRepairsAndChangesOfStatusBecomeNotes() {
        assertThat(note(NoteKind.MESSAGE, "ticket.message-added"))
                .startsWith("From the Teams Rooms portal: ")
                .hasLineCount(2);
        assertThat(note(NoteKind.REMEDIATION, "ticket.remediation")).contains("Automatic repair: ", "Outcome: ");
        assertThat(note(NoteKind.NEEDS_ACTION, "ticket.status-changed")).contains("Needs Action");
    }

    private static String note(NoteKind kind, String name) {
        Change change = ((Decoded.Accepted) decoded(EventExamples.event(name))).change();
        return mappings.note(
                kind, Input.of(change.payload(), change.ticket().orElseThrow().key(), 1));
    }

    private static Decoded decoded(String event) {
        return EVENTS.decode(
                        event.getBytes(StandardCharsets.UTF_8), Optional.of("application/cloudevents+json"), Map.of())
                .get(0);
    }
}
