package io.roombridge;

import io.roombridge.ops.Call;
import io.roombridge.ops.Management;
import io.roombridge.ops.ReportEndpoint;
import io.roombridge.report.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the bridge did in a time, or in shadow mode would have done (docs/operations.md, "Report"). */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Write a report of what the bridge did, or in shadow mode would have done: incidents against one for each report",
            "of a fault, relapses, outages of floors, comments and files, faults of ServiceNow, and the load on it."
        })
final class ReportCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "DATE", required = true, description = "The first day, like 2026-06-01.")
    private LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            required = true,
            description = "The last day, included, like 2026-06-30.")
    private LocalDate to;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Whose days these are, like Europe/Berlin (default: ${DEFAULT-VALUE}).")
    private ZoneId zone;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "MARKDOWN",
            description = "markdown, html or csv (default: markdown).")
    private Format format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to this file instead of the screen.")
    private Path output;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Call question = Call.get(
                ReportEndpoint.PATH,
                Map.of(
                        "from", from.toString(),
                        "to", to.toString(),
                        "zone", zone.getId(),
                        "format", format.label()));
        String report = AskBridge.with(options.read(), bridge -> text(bridge, question));
        if (output == null) {
            spec.commandLine().getOut().print(report);
            spec.commandLine().getOut().flush();
        } else {
            write(report);
        }
        return 0;
    }

    private static String text(Management bridge, Call question) {
        try (ByteArrayOutputStream answer = new ByteArrayOutputStream()) {
            bridge.ask(question, answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(String report) {
        try {
            Files.writeString(output, report);
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + output + ": " + e.getMessage(), e);
        }
    }
}
