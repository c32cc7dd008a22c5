package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Tickets for people: one screen each, in lines of at most 100 columns. Times are UTC. */
record TicketScreen(JsonNode tickets) {

    private static final String FIELD = "  %-9s %s";
    private static final String LINE = "  %-16s  %-14s %s";
    private static final int WHAT = 14;

    String text() {
        List<String> lines = new ArrayList<>();
        tickets.forEach(ticket -> show(ticket, lines));
        return String.join("\n", lines);
    }

    private static void show(JsonNode ticket, List<String> lines) {
        lines.add("ticket " + text(ticket, "ticket"));
        field(lines, "key", text(ticket, "key"));
        field(lines, "instance", text(ticket, "instance") + ", known since " + minute(ticket, "createdAt"));
        field(
                lines,
                "signal",
                text(ticket, "condition") + " since " + minute(ticket, "since") + ", the portal says "
                        + text(ticket, "portalState") + ", episode " + text(ticket, "episode"));
        ticket.path("incidents")
                .forEach(incident -> field(
                        lines,
                        "incident",
                        text(incident, "number") + ", " + text(incident, "state") + ", episode "
                                + text(incident, "episode") + ", since " + minute(incident, "recordedAt")));
        clock(ticket.path("clock"), lines);
        section(lines, "waits, or did not arrive", ticket.path("waiting"), "nothing");
        section(lines, "happened last", ticket.path("last"), "nothing that is still remembered");
    }

    private static void clock(JsonNode clock, List<String> lines) {
        if (clock.isMissingNode() || text(clock, "decision").isEmpty()) {
            field(lines, "clock", "has not been looked at for inactivity");
            return;
        }
        String due = text(clock, "dueAt").isEmpty()
                ? ""
                : ", due " + minute(clock, "dueAt") + ", counted from " + minute(clock, "countedFrom");
        String warned = text(clock, "warnedAt").isEmpty() ? "" : ", warned " + minute(clock, "warnedAt");
        field(lines, "clock", text(clock, "decision") + due + warned);
        field(lines, "", text(clock, "reason"));
    }

    private static void section(List<String> lines, String title, JsonNode rows, String otherwise) {
        lines.add(title);
        rows.forEach(row -> lines.add(Terminal.cut(String.format(
                LINE,
                minute(row, "at"),
                Terminal.cut(text(row, "what"), WHAT),
                text(row, "text").replaceAll("\\s+", " ").strip()))));
        if (rows.isEmpty()) {
            lines.add("  " + otherwise);
        }
    }

    private static void field(List<String> lines, String name, String value) {
        lines.add(Terminal.cut(String.format(FIELD, name, value)));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static String minute(JsonNode node, String field) {
        return Terminal.minute(text(node, field));
    }
}
