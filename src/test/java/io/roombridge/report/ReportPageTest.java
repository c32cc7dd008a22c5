package io.roombridge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the report in a real browser: on a telephone and on a desk, without a complaint. */
@Tag("length")
class ReportPageTest {

    private static final Path EXAMPLE = Path.of("docs/report-example.html").toAbsolutePath();

    @TempDir
    Path directory;

    /** In CI a browser that is missing is a fault. */
    private static boolean isThere() {
        return System.getenv("CI") != null
                || Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "chromium")));
    }

    @Test
    void thePageFitsTelephonesAndDesksAndLoadsNothing() throws IOException {
        assumeTrue(isThere(), "no chromium on this machine");
        try (Chromium browser = Chromium.start(directory.resolve("profile"))) {
            assertThat(browser.widthOf(EXAMPLE, 360)).isBetween(300, 360);
            assertThat(browser.widthOf(EXAMPLE, 1280)).isBetween(1200, 1280);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** That a page which is too wide, or wants a script to run, is noticed at all. */
    @Test
    void aPageThatIsTooWideOrComplainsIsNoticed() throws IOException {
        assumeTrue(isThere(), "no chromium on this machine");
        Path wide = Files.writeString(
                directory.resolve("wide.html"),
                Files.readString(EXAMPLE)
                        .replace("<main>", "<script>alert(1)</script><div style=\"width:2000px\">x</div><main>"));
        try (Chromium browser = Chromium.start(directory.resolve("profile"))) {
            assertThat(browser.widthOf(wide, 360)).isGreaterThan(360);
            assertThat(browser.complaints()).isNotEmpty();
        }
    }
}
