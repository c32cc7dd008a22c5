package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One thing has one key in the log, and docs/operations.md has them all. */
class LogVocabularyTest {

    private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"([^\"]+)\"");
    private static final Pattern DOCUMENTED = Pattern.compile("`([a-z_]+)`");

    /** What JSON lines have besides keys. */
    private static final List<String> TAKEN = List.of("time", "level", "logger", "message", "error", "stack");

    @Test
    void everyKeyOfTheLogIsDocumentedAndEveryDocumentedKeyIsUsed() throws IOException {
        Set<String> used = keys();
        used.addAll(Set.of("trace_id", "span_id"));

        assertThat(used).hasSizeGreaterThan(20).isEqualTo(documented());
        assertThat(used).doesNotContainAnyElementsOf(TAKEN);
    }

    /** Of the bridge; the sandbox and its plays speak for themselves. */
    private static Set<String> keys() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/roombridge"))) {
            Set<String> keys = new TreeSet<>();
            for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/sandbox/")
                            && !file.toString().contains("/play/"))
                    .toList()) {
                KEY.matcher(Files.readString(source)).results().forEach(found -> keys.add(found.group(1)));
            }
            return keys;
        }
    }

    private static Set<String> documented() throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        String section = page.substring(page.indexOf("\n## The log\n"));
        return section.lines()
                .dropWhile(line -> !line.startsWith("| key "))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> DOCUMENTED.matcher(line.split("\\|")[1]).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
