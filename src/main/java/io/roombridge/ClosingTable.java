package io.roombridge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.roombridge.correlation.ExpectedClosing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What will be closed, soonest first, as a table for people, as JSON and as comma separated values for scripts. */
record ClosingTable(List<ExpectedClosing> rows) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LAYOUT = "%-12s %-20s %-21s %-21s %-21s %s";
    private static final List<String> COLUMNS =
            List.of("incident", "tenant", "ticket", "closedFrom", "dueAt", "countedFrom", "decision", "reason");

    static ClosingTable of(List<ExpectedClosing> rows) {
        return new ClosingTable(List.copyOf(rows));
    }

    String text() {
        if (rows.isEmpty()) {
            return "nothing will be closed in that time";
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(LAYOUT, "INCIDENT", "TENANT", "CLOSED FROM", "DUE", "COUNTED FROM", "STATE"));
        rows.forEach(row -> lines.add(String.format(
                LAYOUT,
                row.number(),
                row.tenant(),
                moment(row.executeFrom()),
                moment(row.dueAt()),
                moment(row.countFrom()),
                row.decision() + ": " + row.reason())));
        return String.join("\n", lines);
    }

    String json() {
        ArrayNode array = JSON.createArrayNode();
        rows.forEach(row -> {
            var node = array.addObject();
            List<String> values = values(row);
            for (int i = 0; i < COLUMNS.size(); i++) {
                node.put(COLUMNS.get(i), values.get(i));
            }
        });
        return array.toPrettyString();
    }

    String csv() {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", COLUMNS));
        rows.forEach(row -> lines.add(
                String.join(",", values(row).stream().map(ClosingTable::quoted).toList())));
        return String.join("\n", lines);
    }

    private static List<String> values(ExpectedClosing row) {
        return List.of(
                row.number(),
                row.tenant(),
                row.ticket().value(),
                moment(row.executeFrom()),
                moment(row.dueAt()),
                moment(row.countFrom()),
                row.decision(),
                row.reason());
    }

    private static String moment(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }

    /** A spreadsheet would take a value that begins with one of these for a formula. */
    private static String quoted(String value) {
        String safe = value.matches("(?s)[=+@\\-].*") ? "'" + value : value;
        return safe.matches("(?s).*[\",\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
