package io.roombridge.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.portal.EventExamples.Example;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.TicketKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/events.md promises to the author of a relay is what the bridge does. */
class EventContractTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final EventSchemas SCHEMAS = new EventSchemas();
    private static final PortalEvents EVENTS = new PortalEvents();

    static Stream<Example> examples() {
        return Stream.concat(EventExamples.events().stream(), EventExamples.commands().stream());
    }

    static List<Example> events() {
        return EventExamples.events();
    }

    static List<String[]> vectors() {
        return EventExamples.page()
                .lines()
                .filter(line -> line.startsWith("| `{"))
                .map(line -> line.replace("\\|", "\u0001").split("\\|"))
                .map(cells -> Arrays.stream(cells, 1, 4)
                        .map(cell -> cell.strip().replace("`", "").replace('\u0001', '|'))
                        .toArray(String[]::new))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleKeepsTheSchemaOfItsHeading(Example example) throws Exception {
        // Given
        JsonNode event = MAPPER.readTree(example.json());
        // Then
        assertThat(event.get("type").textValue()).isEqualTo("io.roombridge.portal." + example.name() + ".v1");
        assertThatCode(() -> SCHEMAS.check(example.name() + ".v1", event)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventExampleIsAcceptedAsItsKind(Example example) {
        // When
        Decoded decoded = decode(example.json());
        // Then
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        assertThat(((Decoded.Accepted) decoded).change().kind().label()).isEqualTo(example.name());
    }

    @Test
    void everyKindAndEveryCommandHasASchemaAndAnExample() throws Exception {
        // Given
        List<String> expected = Stream.concat(
                        Arrays.stream(Kind.values()).map(Kind::label),
                        PortalCommandsTest.commands().map(PortalCommandsTest::name))
                .sorted()
                .toList();
        // When
        List<String> examples =
                examples().map(Example::name).distinct().sorted().toList();
        List<String> schemas;
        try (Stream<Path> files = Files.list(Path.of("docs", "schemas"))) {
            schemas = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".v1.schema.json"))
                    .map(name -> name.replace(".v1.schema.json", ""))
                    .sorted()
                    .toList();
        }
        // Then
        assertThat(examples).isEqualTo(expected);
        assertThat(schemas).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void identitiesAreThoseOfThePage(String key, String canonical, String id) throws Exception {
        // When
        JsonNode parts = MAPPER.readTree(key);
        Map<String, String> part = parts.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
        TicketKey made = part.containsKey("recorded")
                ? new TicketKey.RecordedIssue(part.get("tenantid"), part.get("ticketId"))
                : new TicketKey.RoomSignal(
                        part.get("tenantid"),
                        part.get("roomId"),
                        part.get("deviceRole"),
                        part.get("signalType"),
                        part.get("instance"));
        // Then
        assertThat(made.canonical()).isEqualTo(canonical);
        assertThat(made.id().value()).isEqualTo(id);
    }

    @Test
    void thePageHasVectorsForEveryRuleOfIdentity() {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void theFirstExampleDecodesToThisChange() {
        // When
        Change change = ((Decoded.Accepted) decode(EventExamples.event("ticket.opened"))).change();
        // Then
        assertThat(change.id().value()).isEqualTo("/mtrp/tenants/contoso#01JWN0041");
        assertThat(change.ticketId().orElseThrow().value()).isEqualTo("rb-84e5400178617b3df545ad8f6d4a6959ff4202b3");
        assertThat(change.partitionKey()).isEqualTo("contoso|room-12");
        assertThat(change.sequence()).hasValue(41);
        assertThat(change.at()).isEqualTo("2026-06-01T08:15:00Z");
        assertThat(change.ticket().orElseThrow().recommendedAction()).hasValue("Check power and cable of display 1.");
        assertThat(change.rooms()).singleElement().satisfies(room -> {
            assertThat(room.name()).isEqualTo("Lisbon 4.12");
            assertThat(room.location().timeZone()).hasValue("Europe/Lisbon");
        });
        assertThat(change.device().orElseThrow().role()).hasValue("compute");
        assertThat(change.actor().orElseThrow().type().human()).isFalse();
    }

    private static Decoded decode(String json) {
        List<Decoded> decoded = EVENTS.decode(
                json.getBytes(StandardCharsets.UTF_8), Optional.of("application/cloudevents+json"), Map.of());
        assertThat(decoded).hasSize(1);
        return decoded.get(0);
    }
}
