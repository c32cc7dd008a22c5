package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.report.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What will be closed, soonest first, as a table for people, as JSON and as comma separated values for scripts. */
record ClosingTable(JsonNode rows) {

    private static final String LAYOUT = "%-12s %-14s %-16s %-16s %-16s %s";
    private static final int TENANT = 14;
    private static final String INDENT = " ".repeat(13);

    private static final List<String> COLUMNS =
            List.of("incident", "tenant", "ticket", "closedFrom", "dueAt", "countedFrom", "decision", "reason");

    String text() {
        if (rows.isEmpty()) {
            return "nothing will be closed in that time";
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(LAYOUT, "INCIDENT", "TENANT", "CLOSED FROM", "DUE", "COUNTED FROM", "STATE (times UTC)"));
        for (JsonNode row : rows) {
            lines.add(Terminal.cut(String.format(
                    LAYOUT,
                    row.path("incident").asText(),
                    Terminal.cut(row.path("tenant").asText(), TENANT),
                    Terminal.minute(row.path("closedFrom").asText()),
                    Terminal.minute(row.path("dueAt").asText()),
                    Terminal.minute(row.path("countedFrom").asText()),
                    row.path("decision").asText())));
            lines.add(Terminal.cut(INDENT + row.path("reason").asText()));
        }
        return String.join("\n", lines);
    }

    String json() {
        return rows.toPrettyString();
    }

    String csv() {
        return new Sheet(
                        COLUMNS,
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(ClosingTable::values)
                                .toList())
                .csv();
    }

    private static List<String> values(JsonNode row) {
        return COLUMNS.stream().map(column -> row.path(column).asText()).toList();
    }
}
