package io.roombridge.sandbox.servicenow;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The choice lists, read from the rows of {@code sys_choice} so that an admin may change them over the API. A list that
 * is declared on {@code task} holds for every table that extends it, unless the table has a list of its own.
 */
final class Choices {

    private final Tables tables;

    /** Rendering asks for choices thousands of times between two changes of them. */
    private final Map<List<String>, Map<String, String>> index = new HashMap<>();

    private long indexed = -1;

    Choices(Tables tables) {
        this.tables = tables;
    }

    /** The active values of a field with their labels; empty for a field without a choice list. */
    Map<String, String> of(TableDefinition table, String field) {
        Map<String, String> own = list(table.name(), field);
        return own.isEmpty() && !table.parent().isEmpty() ? list(table.parent(), field) : own;
    }

    Optional<String> label(TableDefinition table, String field, String value) {
        return Optional.ofNullable(of(table, field).get(value));
    }

    /** What is stored for a value, or in display mode for a label, that a client sent. */
    Optional<String> accept(Map<String, String> list, String sent, boolean display) {
        if (display) {
            for (Map.Entry<String, String> choice : list.entrySet()) {
                if (choice.getValue().equalsIgnoreCase(sent)) {
                    return Optional.of(choice.getKey());
                }
            }
        }
        return Optional.of(sent).filter(list::containsKey);
    }

    private Map<String, String> list(String table, String field) {
        if (indexed != tables.version("sys_choice")) {
            rebuild();
        }
        return index.getOrDefault(List.of(table, field), Map.of());
    }

    private void rebuild() {
        indexed = tables.version("sys_choice");
        index.clear();
        for (Row row : tables.rows("sys_choice")) {
            if (!row.get("inactive").equals("true") && row.get("language").equals("en")) {
                index.computeIfAbsent(List.of(row.get("name"), row.get("element")), key -> new LinkedHashMap<>())
                        .put(row.get("value"), row.get("label"));
            }
        }
    }
}
