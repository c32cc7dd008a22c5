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

/** docs/operations.md and docs/promise.md name reasons and tests that exist. */
class OperationsPageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Path TESTS = Path.of("src/test/java");
    private static final int REASON = 2;
    private static final int TEST = 4;
    private static final int HOLDER = 3;

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

    @Test
    void everyClauseOfThePromiseIsHeldByTests() {
        List<String[]> clauses = rows(text(Path.of("docs/promise.md")));

        assertThat(clauses).hasSizeGreaterThan(8);
        assertThat(clauses)
                .allSatisfy(row -> assertThat(code(row[HOLDER]))
                        .isNotEmpty()
                        .allSatisfy(test -> assertThat(source(test)).contains("@")));
    }

    private static List<String[]> faults() {
        String page = text(Path.of("docs/operations.md"));
        return rows(page.substring(page.indexOf("## Faults of ServiceNow")));
    }

    /** Of the first table. */
    private static List<String[]> rows(String page) {
        return page.lines()
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
