package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a comparison found, for people: each kind with its number, its meaning and its incidents. */
record FindingsTable(JsonNode found) {

    private static final String INDENT = " ".repeat(8);

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(Terminal.minute(found.path("at").asText()) + " UTC, "
                + found.path("incidents").asInt() + " incidents compared, "
                + (found.path("repaired").asBoolean() ? "what is safe was repaired" : "nothing was repaired"));
        if (found.path("findings").isEmpty()) {
            lines.add("no difference");
        }
        found.path("counts")
                .properties()
                .forEach(count -> kind(count.getKey(), count.getValue().asInt(), lines));
        found.path("unread").forEach(unread -> lines.add(Terminal.cut("not compared: " + unread.asText())));
        return String.join("\n", lines);
    }

    private void kind(String kind, int count, List<String> lines) {
        lines.add(String.format("%6d  %s", count, kind));
        boolean explained = false;
        for (JsonNode finding : found.path("findings")) {
            if (finding.path("kind").asText().equals(kind)) {
                if (!explained) {
                    lines.add(Terminal.cut(INDENT + finding.path("meaning").asText()));
                    explained = true;
                }
                lines.add(Terminal.cut(String.format(
                        INDENT + "%-10s %-12s %s",
                        finding.path("instance").asText(),
                        finding.path("incident").asText(),
                        finding.path("detail").asText())));
            }
        }
    }
}
