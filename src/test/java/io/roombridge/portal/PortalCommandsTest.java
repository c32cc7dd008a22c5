package io.roombridge.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.portal.EventExamples.Example;
import io.roombridge.portal.PortalCommand.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PortalCommandsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-06-01T09:30:00Z");
    private static final PortalCommands COMMANDS = new PortalCommands();

    /** The commands of docs/events.md, as the bridge would make them. */
    static Stream<PortalCommand> commands() {
        return Stream.of(
                about("rbc-5501", new Request.MessageAdd("We ordered a new cable.", true, Optional.of("Contoso SOC"))),
                about(
                        "rbc-5502",
                        new Request.AttachmentAdd(
                                "guide.pdf",
                                "application/pdf",
                                88120,
                                "a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa",
                                "https://portal-content.example.com/rbc-5502")),
                about(
                        "rbc-5503",
                        new Request.LinkSnow(
                                "INC0010042",
                                "https://contoso.service-now.com/nav_to.do?uri=incident.do?sys_id=9d385017c611228701d22104cc95c371")),
                PortalCommand.about(
                        "contoso",
                        "9C1120-ISSUE1",
                        "rbc-5504",
                        AT,
                        new Request.Close("Resolved by the service desk", Optional.of("Echo cancellation was off."))),
                about("rbc-5505", new Request.Ack(Optional.of("Contoso SOC"), Optional.of("INC0010042"))),
                about(
                        "rbc-5506",
                        new Request.Suppress(
                                Optional.of("Spare part on its way."),
                                Optional.of(Instant.parse("2026-06-05T18:00:00Z")))),
                about("rbc-5507", new Request.Unsuppress(Optional.of("Spare part installed."))),
                about("rbc-5508", new Request.SnapshotRequest()),
                about("rbc-5509", new Request.AttachmentUrl("a-77")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandIsWrittenAsItsExampleShows(PortalCommand command) {
        // When
        JsonNode written = written(command);
        // Then
        Example example = EventExamples.commands().stream()
                .filter(candidate -> candidate.name().equals(name(command)))
                .findFirst()
                .orElseThrow();
        assertThat(written).isEqualTo(tree(example.json()));
    }

    @Test
    void whatHasNoValueIsLeftOut() {
        // Given
        PortalCommand command = about("rbc-1", new Request.Ack(Optional.empty(), Optional.empty()));
        // Then
        assertThat(written(command).get("data")).isEqualTo(tree("{\"ticketId\": \"7B7365-EPDOLF\"}"));
    }

    @Test
    void theSameCommandIsTheSameBytes() {
        commands()
                .forEach(command ->
                        assertThat(COMMANDS.encode(command)).isEqualTo(new PortalCommands().encode(command)));
    }

    @Test
    void aSnapshotOfAWholeTenantKeepsItsSchema() {
        // Given
        PortalCommand command =
                new PortalCommand("rbc-1", "Contoso", Optional.empty(), AT, new Request.SnapshotRequest());
        // Then
        new EventSchemas().check("command.snapshot-request.v1", written(command));
        assertThat(COMMANDS.partitionKey(command)).isEqualTo("contoso|stream");
    }

    @Test
    void onlyASnapshotMayNameNoTicket() {
        assertThatThrownBy(() -> new PortalCommand(
                        "rbc-1", "contoso", Optional.empty(), AT, new Request.Unsuppress(Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without naming a ticket");
    }

    static String name(PortalCommand command) {
        return written(command)
                .get("type")
                .textValue()
                .replace("io.roombridge.portal.", "")
                .replace(".v1", "");
    }

    private static PortalCommand about(String id, Request request) {
        return PortalCommand.about("contoso", "7B7365-EPDOLF", id, AT, request);
    }

    private static JsonNode written(PortalCommand command) {
        return tree(new String(COMMANDS.encode(command), StandardCharsets.UTF_8));
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
