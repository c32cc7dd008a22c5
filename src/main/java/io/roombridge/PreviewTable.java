package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What changes, field by field, for people. */
final class PreviewTable {

    private final List<String> lines = new ArrayList<>();
    private int changed;
    private int lost;

    /** @param tickets previews, each with the ticket's {@code name} */
    PreviewTable(JsonNode tickets) {
        tickets.forEach(this::add);
        lines.add("tickets: %d; the same: %d; changed: %d; lost: %d"
                .formatted(tickets.size(), tickets.size() - changed, changed - lost, lost));
    }

    private void add(JsonNode ticket) {
        if (!ticket.path("lost").isEmpty() || !ticket.path("differences").isEmpty()) {
            changed++;
        }
        if (!ticket.path("lost").isEmpty()) {
            lost++;
        }
        List<String> told = new ArrayList<>();
        ticket.path("lost").forEach(why -> told.add("  LOST  " + why.asText()));
        ticket.path("differences").forEach(difference -> difference(difference, told));
        ticket.path("remarks").forEach(remark -> told.add("  !     " + remark.asText()));
        if (!told.isEmpty()) {
            lines.add(ticket.path("name").asText());
            lines.addAll(told);
        }
    }

    /** A long text line by line, as far as it differs. */
    private static void difference(JsonNode difference, List<String> told) {
        told.add("  " + difference.path("field").asText() + " ("
                + difference.path("file").asText() + ")");
        List<String> before = difference.path("before").asText().lines().toList();
        List<String> after = difference.path("after").asText().lines().toList();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> told.add("    - " + line));
        after.stream().filter(line -> !before.contains(line)).forEach(line -> told.add("    + " + line));
    }

    String text() {
        return String.join("\n", lines);
    }

    boolean loses() {
        return lost > 0;
    }
}
