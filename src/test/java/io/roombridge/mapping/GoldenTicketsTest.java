package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tickets of the seeds' signals as a person of the desk reads them. {@code -Dgolden.write=true} writes the files anew;
 * read the difference before committing it.
 */
final class GoldenTicketsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private static Mappings mappings;

    @BeforeAll
    static void load() {
        mappings = Mappings.load(MappingFolder.shipped());
    }

    /** One named event, as changes to the example event. */
    private record Case(String name, JsonNode event) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> events() throws IOException {
        JsonNode events = Examples.json(Files.readString(GOLDEN.resolve("events.json")));
        return events.properties().stream().map(entry -> new Case(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void theTicketReadsAsReviewed(Case event) throws IOException {
        // When
        String ticket = ticket(mappings.fields(
                IncidentWrite.CREATE, Examples.event().with(event.event()).input()));
        // Then
        Path file = GOLDEN.resolve(event.name() + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, ticket);
        }
        assertThat(ticket).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("events")
    void noTicketPromisesThatMicrosoftAnswers(Case event) {
        // When
        String ticket = ticket(mappings.fields(
                IncidentWrite.CREATE, Examples.event().with(event.event()).input()));
        // Then
        assertThat(ticket).doesNotContainPattern("(?i)microsoft (will|is going to|answers|responds|has been|was) ");
    }

    private static String chain(Reference reference) {
        return reference.shown()
                + reference.otherwise().map(other -> ", else " + chain(other)).orElse("");
    }

    private static String ticket(IncidentFields fields) {
        Map<String, String> values = fields.values();
        int priority = Integer.parseInt(values.get("impact")) + Integer.parseInt(values.get("urgency")) - 1;
        StringBuilder ticket = new StringBuilder(values.get("short_description")).append('\n');
        ticket.append("P%d (impact %s, urgency %s) · category %s · contact type %s%n"
                .formatted(
                        priority,
                        values.get("impact"),
                        values.get("urgency"),
                        values.get("category"),
                        values.get("contact_type")));
        fields.references()
                .forEach((field, reference) -> ticket.append(field)
                        .append(": ")
                        .append(chain(reference))
                        .append('\n'));
        ticket.append(
                "correlation: %s (%s)%n".formatted(values.get("correlation_id"), values.get("correlation_display")));
        ticket.append("\n--- Description\n").append(values.get("description"));
        ticket.append("\n\n--- Work notes\n").append(values.get("work_notes"));
        return ticket.append('\n').toString();
    }
}
