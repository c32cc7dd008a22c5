package io.roombridge.ops;

import io.roombridge.report.DecisionReport;
import io.roombridge.report.Format;
import io.roombridge.report.Period;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jdbi.v3.core.Jdbi;

/** What the bridge did, or in shadow mode would have done (docs/operations.md, "Report"). */
public final class ReportEndpoint {

    /** {@code GET ?from=2026-06-01&to=2026-06-30&zone=Europe/Berlin&format=html}. */
    public static final String PATH = "/api/v1/report";

    private ReportEndpoint() {}

    static Endpoint of(Jdbi jdbi) {
        DecisionReport report = new DecisionReport(jdbi);
        return Endpoint.get(PATH, call -> {
            Format format = format(call.value("format").orElse(Format.MARKDOWN.label()));
            byte[] text = report.of(period(call), format).getBytes(StandardCharsets.UTF_8);
            return new Answer(200, format.mediaType(), out -> out.write(text));
        });
    }

    private static Period period(Call call) {
        try {
            return new Period(
                    day(call, "from"), day(call, "to"), zone(call.value("zone").orElse("UTC")));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    private static LocalDate day(Call call, String name) {
        String text = call.value(name).orElse("");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.badRequest(name + "=" + text + " is no day; it is written like 2026-06-01");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw Refusal.badRequest("zone=" + text + " is no time zone; it is written like Europe/Berlin");
        }
    }

    private static Format format(String text) {
        return Format.of(text)
                .orElseThrow(() -> Refusal.badRequest("format=" + text + ": expected markdown, html or csv"));
    }
}
