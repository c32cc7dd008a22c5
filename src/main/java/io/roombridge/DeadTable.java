package io.roombridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Dead letters for people, in lines of at most 100 columns. Times are UTC. */
record DeadTable(JsonNode list) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WIDTH = 100;
    private static final String LAYOUT = "%5s %-6s %-11s %-12s %-12s %-17s %s";
    private static final int SHOWN = 12;

    String text() {
        JsonNode letters = list.path("letters");
        if (letters.isEmpty()) {
            return "there is none";
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(LAYOUT, "ID", "STATE", "SINCE (UTC)", "TICKET", "LANE", "REASON", "DETAIL"));
        letters.forEach(letter -> lines.add(line(letter)));
        long more = list.path("count").asLong() - letters.size();
        lines.add(list.path("count").asLong() + " in all" + (more > 0 ? ", of which the oldest are shown" : ""));
        return String.join("\n", lines);
    }

    private static String line(JsonNode letter) {
        String at = letter.path("at").asText();
        boolean asked = !letter.path("askedAt").asText().isEmpty();
        return cut(
                String.format(
                        LAYOUT,
                        letter.path("id").asText(),
                        asked ? "asked" : cut(letter.path("state").asText(), 6),
                        at.substring(5, 10) + " " + at.substring(11, 16),
                        cut(name(letter), SHOWN),
                        letter.path("lane").asText(),
                        letter.path("reason").asText(),
                        oneLine(letter.path("detail").asText())),
                WIDTH);
    }

    /** The number that people know; a ticket without an incident has only its id. */
    private static String name(JsonNode letter) {
        String incident = letter.path("incident").asText();
        return incident.isEmpty() ? letter.path("ticket").asText() : incident;
    }

    static String letter(JsonNode letter) {
        List<String> lines = new ArrayList<>();
        lines.add("dead letter " + letter.path("id").asText() + ", "
                + letter.path("state").asText()
                + (letter.path("askedAt").asText().isEmpty() ? "" : ", to be tried again"));
        for (String field : List.of("at", "tenant", "instance", "incident", "ticket", "lane", "kind", "change")) {
            lines.add(String.format("  %-9s %s", field, letter.path(field).asText()));
        }
        lines.add(String.format(
                "  %-9s %s: %s",
                "reason", letter.path("reason").asText(), letter.path("meaning").asText()));
        lines.add(String.format("  %-9s %s", "attempts", letter.path("attempts").asText()));
        lines.add(String.format("  %-9s %s", "detail", letter.path("detail").asText()));
        letter.path("acts")
                .forEach(act -> lines.add(String.format(
                        "  %-9s %s by %s: %s",
                        act.path("act").asText(),
                        act.path("at").asText(),
                        act.path("by").asText(),
                        act.path("reason").asText())));
        lines.add("payload");
        lines.add(pretty(letter.path("payload").asText()));
        return String.join("\n", lines);
    }

    /** How many, and the first of their numbers. */
    static String numbers(JsonNode ids) {
        if (ids.isEmpty()) {
            return "nothing";
        }
        String first = StreamSupport.stream(ids.spliterator(), false)
                .limit(SHOWN)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return ids.size()
                + (ids.size() == 1 ? " letter (" : " letters (")
                + first
                + (ids.size() > SHOWN ? ", …)" : ")");
    }

    private static String pretty(String payload) {
        try {
            return JSON.readTree(payload).toPrettyString();
        } catch (JsonProcessingException noJson) {
            return payload;
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
