package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No statement of the bridge changes or deletes what the audit holds, not even one whose table is put together later. */
class AuditOnlyGrowsTest {

    private static final String TABLES = "(audit_entry|dead_letter_act|brake_release|mapping_release)\\b";
    private static final Pattern NAMED = Pattern.compile("(\\S+\\s+\\S*)\\b" + TABLES);
    private static final Pattern DELETED = Pattern.compile("delete\\s+from\\s+" + TABLES);

    private static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    /** What stands before the name of each table, and the name. */
    private static List<String> uses(String text) {
        return NAMED.matcher(text)
                .results()
                .map(found -> found.group(1).replaceFirst("^\"", "").strip() + " " + found.group(2))
                .toList();
    }

    @Test
    void theBridgeOnlyInsertsAndReads() throws IOException {
        List<String> uses = new ArrayList<>();
        for (Path source : files("src/main/java/io/roombridge", ".java")) {
            String text = Files.readString(source);
            uses.addAll(uses(text));
            assertThat(text.toLowerCase(Locale.ROOT)).as(source.toString()).doesNotContainPattern(DELETED);
        }

        assertThat(uses).hasSizeGreaterThan(7).allSatisfy(use -> assertThat(use).matches("(into|from) \\w+"));
    }

    @Test
    void noMigrationTouchesARow() throws IOException {
        for (Path migration : files("src/main/resources/db/migration", ".sql")) {
            assertThat(uses(Files.readString(migration)))
                    .as(migration.toString())
                    .allSatisfy(use -> assertThat(use).matches("(table|index \\w+|on|column) .*|\\w+ on \\w+"));
        }
    }
}
