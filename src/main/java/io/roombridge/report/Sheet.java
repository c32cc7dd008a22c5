package io.roombridge.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Rows for scripts, as JSON or as comma separated values; each row has a text for each column. */
public record Sheet(List<String> columns, List<List<String>> rows) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public ArrayNode json() {
        ArrayNode array = JSON.createArrayNode();
        rows.forEach(row -> {
            ObjectNode node = array.addObject();
            for (int i = 0; i < columns.size(); i++) {
                node.put(columns.get(i), row.get(i));
            }
        });
        return array;
    }

    public String csv() {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", columns));
        rows.forEach(row ->
                lines.add(String.join(",", row.stream().map(Sheet::quoted).toList())));
        return String.join("\n", lines);
    }

    /** A spreadsheet would take a value that begins with one of these for a formula. */
    private static String quoted(String value) {
        String safe = value.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + value : value;
        return safe.matches("(?s).*[\",\\n\\r].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
