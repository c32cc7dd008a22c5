package io.roombridge;

import io.roombridge.correlation.ExpectedClosing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What will be closed, soonest first, as a table for people, as JSON and as comma separated values for scripts. */
record ClosingTable(List<ExpectedClosing> rows) {

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
        return sheet().json().toPrettyString();
    }

    String csv() {
        return sheet().csv();
    }

    private Sheet sheet() {
        return new Sheet(COLUMNS, rows.stream().map(ClosingTable::values).toList());
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
}
