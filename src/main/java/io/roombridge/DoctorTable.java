package io.roombridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.doctor.Level;
import io.roombridge.doctor.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What doctor found, for people and for scripts. */
record DoctorTable(List<Result> results) {

    private static final String LINE = "%-8s  %-18s  %s";
    private static final int NAME = 18;
    private static final int INDENT = 8 + 2 + NAME + 2;

    /** One line each, area by area; below what is not good, what was expected and what to do. */
    String text() {
        List<String> lines = new ArrayList<>();
        String area = "";
        for (Result result : results) {
            if (!result.area().equals(area)) {
                area = result.area();
                lines.add(lines.isEmpty() ? area : "\n" + area);
            }
            describe(result, lines);
        }
        lines.add("");
        lines.add(sum());
        return String.join("\n", lines);
    }

    private static void describe(Result result, List<String> lines) {
        List<String> seen = wrapped(result.finding().seen(), "");
        lines.add(String.format(LINE, result.level().label(), result.name(), seen.get(0)));
        List<String> more = new ArrayList<>(seen.subList(1, seen.size()));
        if (!result.finding().remedy().isEmpty()) {
            more.addAll(wrapped(result.finding().expected(), "expected: "));
            more.addAll(wrapped(result.finding().remedy(), "to do: "));
        }
        more.forEach(line -> lines.add(" ".repeat(INDENT) + line));
    }

    private static List<String> wrapped(String text, String first) {
        int width = Terminal.WIDTH - INDENT;
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        for (String word : text.split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(line.length() == 0 || line.charAt(line.length() - 1) == ' ' ? "" : " ")
                    .append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private String sum() {
        return Stream.of(Level.values())
                .map(level -> count(level) + " " + level.label())
                .collect(Collectors.joining(", "));
    }

    private long count(Level level) {
        return results.stream().filter(result -> result.level() == level).count();
    }

    /** The same, with every part by name. */
    String json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("healthy", healthy());
        var each = all.putArray("findings");
        results.forEach(result -> each.addObject()
                .put("area", result.area())
                .put("name", result.name())
                .put("level", result.level().label())
                .put("seen", result.finding().seen())
                .put("expected", result.finding().expected())
                .put("remedy", result.finding().remedy()));
        return all.toPrettyString();
    }

    /** Nothing is red. */
    boolean healthy() {
        return count(Level.RED) == 0;
    }
}
