package io.roombridge.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Simple tables for the function {@code lookup(table, key)}: every further YAML file of the folder, named after the file.
 * Case does not count; the entry {@code default} answers for keys that are not there.
 */
final class LookupTables {

    private static final String DEFAULT = "default";

    private final Map<String, Map<String, String>> tables = new LinkedHashMap<>();

    void add(String name, YamlNode file) {
        Map<String, String> table = new LinkedHashMap<>();
        file.entries().forEach((key, value) -> table.put(key.toLowerCase(Locale.ROOT), value.text()));
        tables.put(name, table);
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }

    List<String> names() {
        return List.copyOf(tables.keySet());
    }

    Optional<String> find(String table, String key) {
        Map<String, String> entries = tables.getOrDefault(table, Map.of());
        return Optional.ofNullable(entries.get(key.toLowerCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(entries.get(DEFAULT)));
    }
}
