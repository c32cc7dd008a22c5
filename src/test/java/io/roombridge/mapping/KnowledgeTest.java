package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnowledgeTest {

    private static final Knowledge ENGLISH = Tables.shipped(Knowledge.FILE, Knowledge::read);
    private static final Knowledge GERMAN = Tables.shipped("knowledge.de.yaml", Knowledge::read);

    @Test
    void fieldNotesAreMarkedAndComeAfterWhatIsConfirmed() {
        assertThat(ENGLISH.of("monitored")).last().asString().startsWith("Unverified field note: ");
        assertThat(ENGLISH.of("monitored")).first().asString().startsWith("The room may still work");
    }

    @Test
    void fieldNotesAreMarkedInEveryLanguage() {
        GERMAN.notes()
                .values()
                .forEach(lines -> assertThat(lines)
                        .isNotEmpty()
                        .allMatch(line -> line.startsWith("Unbestätigt, aus der Praxis: ")));
    }

    @Test
    void aSignalIsFoundByAnyOfItsNames() {
        // Given
        Knowledge knowledge = Tables.read("topics: [ { signals: [Room Camera], actions: [Look] } ]", Knowledge::read);
        // Then
        assertThat(knowledge.of("camera")).containsExactly("Look");
        assertThat(knowledge.of("display")).isEmpty();
    }

    @Test
    void everySignalOfTheFilesKnowledgeIsInTheListOfSignals() {
        // Given
        Signals signals = Tables.shipped(Signals.FILE, Signals::read);
        // Then
        assertThat(ENGLISH.signals()).isSubsetOf(signals.keys());
    }

    @Test
    void theTranslationHasEveryLineOfTheEnglishFile() {
        assertThat(sizes(GERMAN.actions())).isEqualTo(sizes(ENGLISH.actions()));
        assertThat(sizes(GERMAN.notes())).isEqualTo(sizes(ENGLISH.notes()));
    }

    @Test
    void whatALanguageDoesNotSayIsSaidInEnglish() {
        // Given
        Knowledge french = Tables.read("""
                heading: Ce qui aide
                topics: [ { signals: [offline], actions: [Regardez] }, { signals: [monitored], actions: [Attendez] } ]
                """, Knowledge::read).over(ENGLISH);
        // Then
        assertThat(french.heading()).isEqualTo("Ce qui aide");
        assertThat(french.of("offline")).containsExactly("Regardez");
        assertThat(french.of("camera")).isEqualTo(ENGLISH.of("camera"));
        assertThat(french.of("monitored"))
                .startsWith("Attendez")
                .hasSize(1 + ENGLISH.notes().get("monitored").size());
    }

    @Test
    void theRoomDecidesTheLanguage(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(folder.resolve("languages.yaml"), """
                rules: [ { when: { region: [DE, "DE-*"] }, use: de } ]
                default: en
                """);
        Mappings mappings = Mappings.load(MappingFolder.of(folder));
        // Then
        assertThat(description(mappings, "DE"))
                .contains("Was meist hilft:\n- Ereignis 2001", "- Unbestätigt, aus der Praxis: Schon einige Minuten");
        assertThat(description(mappings, "DE-BE")).contains("Was meist hilft");
        assertThat(description(mappings, "FR"))
                .contains("What usually helps:\n- Event 2001", "- Unverified field note: ");
    }

    private static String description(Mappings mappings, String region) {
        ExampleEvent event = Examples.with("{\"ticket\":{\"key\":{\"signalType\":\"Sign-In (Teams)\"}},"
                + "\"room\":{\"location\":{\"region\":\"" + region + "\"}}}");
        return mappings.fields(IncidentWrite.CREATE, event.input()).values().get("description");
    }

    private static Map<String, Integer> sizes(Map<String, List<String>> lines) {
        Map<String, Integer> sizes = new TreeMap<>();
        lines.forEach((signal, all) -> sizes.put(signal, all.size()));
        return sizes;
    }
}
