package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tickets and the incidents that are theirs or may be, in lines of at most 100 columns; how many of each below. */
record AdoptionTable(JsonNode rows) {

    private static final String LAYOUT = "%-15s %-18s %-14s %-12s %-12s %s";

    private static final String INDENT = " ".repeat(16);

    String text() {
        if (rows.isEmpty()) {
            return "there is none";
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(LAYOUT, "TICKET", "ROOM", "SIGNAL", "INCIDENT", "STATE", "WHY"));
        rows.forEach(row -> lines.add(line(row)));
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.path("state").asText(), 1, Integer::sum));
        lines.add(String.join(
                ", ",
                counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .toList()));
        return String.join("\n", lines);
    }

    /** What waits for a person is called as docs/operations.md calls it, and said in full below. */
    private static String line(JsonNode row) {
        String why = row.path("why").asText();
        boolean waits = row.path("state").asText().equals("uncertain");
        String line = Terminal.cut(String.format(
                LAYOUT,
                Terminal.cut(row.path("ticket").asText(), 15),
                Terminal.cut(row.path("room").asText(), 18),
                Terminal.cut(row.path("signal").asText(), 14),
                Terminal.cut(row.path("incident").asText(), 12),
                row.path("state").asText(),
                waits ? row.path("doubt").asText() : why));
        return waits ? line + "\n" + Terminal.cut(INDENT + why) : line;
    }
}
