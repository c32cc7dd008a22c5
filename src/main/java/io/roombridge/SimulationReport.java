package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.report.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a replay of the past found, as a table for people, as JSON and as comma separated values for scripts. */
record SimulationReport(JsonNode report) {

    private static final String LAYOUT = "%-12s %-14s %-8s %-16s %-16s %s";
    private static final int TENANT = 14;
    private static final List<String> COLUMNS = List.of(
            "incident",
            "tenant",
            "ticket",
            "class",
            "silentSince",
            "closedAt",
            "reallyClosedAt",
            "afterwardsAt",
            "afterwards",
            "refused");

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(said("wouldBeClosed") + " incidents would have been closed between " + Terminal.minute(said("from"))
                + " and " + Terminal.minute(said("until")) + " UTC");
        lines.add("with " + said("customerDays") + " and " + said("systemDays") + " business days, calendar: "
                + said("calendar"));
        lines.add(said("spokenAgainstAfterwards") + " of them were spoken in or opened again afterwards");
        lines.add(said("wouldHaveStayedOpen") + " that were closed for inactivity would have stayed open");
        lines.add(said("refused") + " could not be counted, so they would never have been closed");
        lines.add("Not recorded, so not regarded: open children, keep-open marks, a silent portal, the brake");
        if (!incidents().isEmpty()) {
            lines.add("");
            lines.add(
                    String.format(LAYOUT, "INCIDENT", "TENANT", "CLASS", "SILENT SINCE", "WOULD CLOSE", "AFTERWARDS"));
            incidents().forEach(one -> lines.add(row(one)));
        }
        return String.join("\n", lines);
    }

    private static String row(JsonNode one) {
        return Terminal.cut(String.format(
                        LAYOUT,
                        one.path("incident").asText(),
                        Terminal.cut(one.path("tenant").asText(), TENANT),
                        one.path("class").asText(),
                        Terminal.minute(one.path("silentSince").asText()),
                        Terminal.minute(one.path("closedAt").asText()),
                        afterwards(one))
                .stripTrailing());
    }

    private static String afterwards(JsonNode one) {
        String really = one.path("reallyClosedAt").asText();
        if (one.path("closedAt").asText().isEmpty() && !really.isEmpty()) {
            return "was closed " + Terminal.minute(really);
        }
        String refused = one.path("refused").asText();
        return refused.isEmpty()
                ? one.path("afterwards").asText() + " "
                        + Terminal.minute(one.path("afterwardsAt").asText())
                : refused;
    }

    String json() {
        return report.toPrettyString();
    }

    String csv() {
        return new Sheet(
                        COLUMNS,
                        StreamSupport.stream(incidents().spliterator(), false)
                                .map(one -> COLUMNS.stream()
                                        .map(column -> one.path(column).asText())
                                        .toList())
                                .toList())
                .csv();
    }

    private String said(String name) {
        return report.path(name).asText();
    }

    private JsonNode incidents() {
        return report.path("incidents");
    }
}
