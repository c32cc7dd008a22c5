package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The example in docs is what the commands of docs/sandbox.md make: the first day of the month is played again, and what does
 * not depend on the other days has to be the same.
 */
@Tag("length")
class ReportExampleTest {

    private static final Path MARKDOWN = Path.of("docs/report-example.md");
    private static final Path HTML = Path.of("docs/report-example.html");

    @TempDir
    Path directory;

    private final StringWriter printed = new StringWriter();

    private void run(String... arguments) {
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
        assertThat(command.execute(arguments)).as(printed.toString()).isZero();
    }

    private List<String> report(String format) throws IOException {
        Path file = directory.resolve("report." + format);
        run(
                "report",
                "--config",
                directory.resolve("month/roombridge.properties").toString(),
                "--from",
                "2026-06-01",
                "--to",
                "2026-06-30",
                "--zone",
                "Europe/Berlin",
                "--format",
                format,
                "--output",
                file.toString());
        return Files.readAllLines(file);
    }

    @Test
    void theExampleIsWhatTheCommandsMake() throws IOException {
        run(
                "sandbox",
                "--play",
                "campus-month",
                "--days",
                "1",
                "--exit",
                "--seed",
                "7",
                "--data-dir",
                directory.resolve("month").toString(),
                "--hubs-port",
                "0",
                "--servicenow-port",
                "0",
                "--servicenow-https-port",
                "0");

        List<String> markdown = report("markdown");
        List<String> example = Files.readAllLines(MARKDOWN);
        assertThat(example)
                .containsAll(
                        markdown.stream().filter(ReportExampleTest::ofTheForm).toList());
        assertThat(day(markdown)).isEqualTo(day(example)).isNotBlank();
        assertThat(printed.toString())
                .as("the campus counts as many tickets that need an incident")
                .contains(String.format("admitted   %6s tickets", together(markdown)));

        List<String> html = report("html");
        assertThat(style(Files.readAllLines(HTML))).isEqualTo(style(html)).isNotEmpty();
        assertThat(Files.readAllLines(HTML))
                .containsAll(
                        html.stream().filter(line -> line.startsWith("<h2>")).toList());
    }

    /** Headings and where the numbers are counted from. */
    private static boolean ofTheForm(String line) {
        return line.startsWith("#") || line.startsWith("Counted from");
    }

    /** The reports and incidents of the first day. */
    private static String day(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("| 2026-06-01 |"))
                .findFirst()
                .orElseThrow();
    }

    /** All incidents: the second number of the sum below the days. */
    private static String together(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("| **together** |"))
                .findFirst()
                .orElseThrow()
                .split("\\|")[3]
                .strip();
    }

    private static List<String> style(List<String> page) {
        return page.subList(page.indexOf("<style>"), page.indexOf("</style>"));
    }
}
