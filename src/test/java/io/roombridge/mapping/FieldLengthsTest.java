package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class FieldLengthsTest {

    private static Mappings mappings;

    @BeforeAll
    static void load() {
        mappings = Mappings.load(MappingFolder.shipped());
    }

    @Test
    void aLongTitleIsCutBetweenCodePoints() {
        // Given
        ExampleEvent event = Examples.with("{\"ticket\":{\"title\":\"" + "😀".repeat(300) + "\"}}");
        // When
        String title =
                mappings.fields(IncidentWrite.CREATE, event.input()).values().get("short_description");
        // Then
        assertThat(title.codePointCount(0, title.length())).isEqualTo(160);
        assertThat(title).endsWith("😀…").startsWith("[Berlin 4.12] Display: 😀");
    }

    @Test
    void theDictionaryOfTheInstanceWins() {
        // When
        Map<String, String> fields = mappings.fields(
                        IncidentWrite.CREATE,
                        Examples.event().input(),
                        FieldLengths.of(Map.of("short_description", 20, "work_notes", 130)))
                .values();
        // Then
        assertThat(fields.get("short_description")).isEqualTo("[Berlin 4.12] Displ…");
        assertThat(fields.get("work_notes")).hasSizeLessThanOrEqualTo(130).contains("…\nrb1 1|contoso|room-12|");
    }

    @Test
    void theLongestTextsOfThePortalStillLeaveRoomForTheFactsOfTheRoom() {
        // Given
        ExampleEvent event = Examples.with(
                "{\"ticket\":{\"description\":\"%1$s\",\"recommendedAction\":\"%1$s\"}}".formatted("x".repeat(65_536)));
        // When
        String description =
                mappings.fields(IncidentWrite.CREATE, event.input()).values().get("description");
        // Then
        assertThat(description).hasSizeLessThanOrEqualTo(4000).contains("Portal link: ", "What usually helps:");
    }
}
