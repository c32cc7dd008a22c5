package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/operations.md names reasons and tests that exist. */
class OperationsPageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Path TESTS = Path.of("src/test/java");
    private static final int REASON = 2;
    private static final int TEST = 4;

    @Test
    void everyFaultHasAReasonOfTheVocabulary() {
        Set<String> known = Arrays.stream(Reason.values()).map(Reason::label).collect(Collectors.toSet());

        assertThat(faults()).hasSizeGreaterThan(20);
        assertThat(faults().stream().flatMap(row -> code(row[REASON]))).isSubsetOf(known);
    }

    @Test
    void everyFaultHasATest() {
        assertThat(faults())
                .allSatisfy(row -> assertThat(code(row[TEST]))
                        .isNotEmpty()
                        .allSatisfy(test -> assertThat(source(test.split("\\.")[0]))
                                .contains(test.contains(".") ? " " + test.split("\\.")[1] + "(" : "@")));
    }

    private static List<String[]> faults() {
        String page = text(Path.of("docs/operations.md"));
        return page.substring(page.indexOf("## Faults of ServiceNow"))
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|"))
                .toList();
    }

    private static Stream<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1));
    }

    private static String source(String test) {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.endsWith(test + ".java"))
                    .map(OperationsPageTest::text)
                    .findFirst()
                    .orElse("no such test: " + test);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
