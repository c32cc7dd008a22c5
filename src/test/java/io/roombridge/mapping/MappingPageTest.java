package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.MappingTests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples of docs/mapping.md do what the page says. */
final class MappingPageTest {

    private static final Pattern FILE = Pattern.compile(
            "^`(?<name>[a-z.-]+)`[^\\n]*\\n\\n```\\w+\\n(?<text>.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FUNCTION = Pattern.compile("^\\| `([a-z-]+)\\(", Pattern.MULTILINE);

    /** The files of one section. */
    private record Example(String heading, List<String[]> files) {
        @Override
        public String toString() {
            return heading;
        }
    }

    static Stream<Example> examples() throws IOException {
        String page = page();
        String section = page.substring(page.indexOf("\n## Examples"), page.indexOf("\n## What a mapping can ask for"));
        return Stream.of(section.split("\n### ")).skip(1).map(MappingPageTest::example);
    }

    private static Example example(String text) {
        List<String[]> files = new ArrayList<>();
        for (Matcher found = FILE.matcher(text); found.find(); ) {
            files.add(new String[] {found.group("name"), found.group("text")});
        }
        return new Example(text.lines().findFirst().orElseThrow(), files);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "mapping.md"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theTestsOfTheExamplePass(Example example, @TempDir Path folder) throws IOException {
        // Given
        for (String[] file : example.files()) {
            Files.writeString(folder.resolve(file[0]), file[1]);
        }
        // When
        List<Result> results = MappingTests.run(MappingFolder.of(folder)).stream()
                .filter(result -> Files.exists(folder.resolve(result.file())))
                .toList();
        // Then
        assertThat(results).hasSizeGreaterThan(1).allMatch(Result::passed);
    }

    @Test
    void thePageNamesEveryFunction() throws IOException {
        // Given
        List<String> known = MappingFunctions.with(new LookupTables()).stream()
                .map(function -> function.getName())
                .filter(name -> !MappingFunctions.FORBIDDEN.contains(name))
                .toList();
        // Then
        assertThat(FUNCTION.matcher(page()).results().map(result -> result.group(1)))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theListOfShippedFilesIsTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("mappings"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(MappingFolder.SHIPPED);
        }
    }
}
