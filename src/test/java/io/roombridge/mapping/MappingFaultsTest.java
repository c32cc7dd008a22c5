package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator reads when a file is broken: the file, the place, and what to do. */
final class MappingFaultsTest {

    private static final Path BROKEN = Path.of("src/test/resources/broken");
    private static final String EXPECTED = "expected.txt";

    @TempDir
    private Path folder;

    static Stream<Path> broken() throws IOException {
        try (Stream<Path> folders = Files.list(BROKEN)) {
            return folders.sorted().toList().stream();
        }
    }

    /** The whole text, letter by letter. {@code -Dbroken.regenerate=true} writes what is told now; read the difference. */
    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenFileIsToldWithItsPlaceAndTheRemedy(Path broken) throws IOException {
        // When
        BadMappings bad = catchThrowableOfType(BadMappings.class, () -> Mappings.load(MappingFolder.of(broken)));
        // Then
        assertThat(bad).as("the files of %s are refused", broken).isNotNull();
        String told = bad.getMessage() + "\n";
        if (Boolean.getBoolean("broken.regenerate")) {
            Files.writeString(broken.resolve(EXPECTED), told);
        }
        assertThat(told).isEqualTo(Files.readString(broken.resolve(EXPECTED)));
    }

    @Test
    void thereAreExamplesOfEveryKindOfFile() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path broken : broken().toList()) {
            try (Stream<Path> found = Files.list(broken)) {
                found.map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals(EXPECTED))
                        .forEach(files::add);
            }
        }
        assertThat(files)
                .hasSizeGreaterThanOrEqualTo(50)
                .contains(
                        "incident-update.jslt",
                        "texts.jslt",
                        "severity.yaml",
                        "routing.yaml",
                        "signals.yaml",
                        "knowledge.yaml",
                        "privacy.yaml",
                        "example-event.json");
    }

    @Test
    void everyFaultIsToldAtOnce() throws IOException {
        // Given
        Files.writeString(folder.resolve("incident-create.jslt"), "{");
        Files.writeString(folder.resolve("note-relapse.jslt"), "{");
        Files.writeString(folder.resolve("severity.yaml"), "severities: {}");
        // When
        BadMappings bad = catchThrowableOfType(BadMappings.class, () -> Mappings.load(MappingFolder.of(folder)));
        // Then
        assertThat(bad.faults())
                .extracting(MappingFault::file)
                .contains("incident-create.jslt", "note-relapse.jslt", "severity.yaml");
        assertThat(bad).hasMessageStartingWith("The mapping files cannot be used:\n  ");
    }

    @Test
    void aFileOfTheFolderTakesThePlaceOfTheShippedOneAndTheOthersStay() throws IOException {
        // Given
        Files.writeString(folder.resolve("note-relapse.jslt"), "\"Wieder gestört: \" + .room.name");
        // When
        Mappings mappings = Mappings.load(MappingFolder.of(folder));
        // Then
        assertThat(mappings.note(NoteKind.RELAPSE, Examples.event().input())).isEqualTo("Wieder gestört: Berlin 4.12");
        assertThat(mappings.note(NoteKind.INVESTIGATING, Examples.event().input()))
                .contains("System Investigating");
    }

    @Test
    void aNoteIsSwitchedOffWithNull() throws IOException {
        // Given
        Files.writeString(folder.resolve("note-investigating.jslt"), "null");
        // When
        Mappings mappings = Mappings.load(MappingFolder.of(folder));
        // Then
        assertThat(mappings.note(NoteKind.INVESTIGATING, Examples.event().input()))
                .isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsTheShippedOne() {
        assertThatCode(() -> Mappings.load(MappingFolder.of(folder.resolve("nowhere"))))
                .doesNotThrowAnyException();
    }
}
