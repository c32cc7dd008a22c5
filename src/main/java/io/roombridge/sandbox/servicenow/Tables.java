package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rows of all tables, in memory, in the order of their insertion. Guarded by the lock of {@link Transactions}:
 * whoever touches it runs inside a transaction.
 */
final class Tables {

    /** Tables that grow with every entry and file are looked up by the record these belong to, as an instance does by index. */
    private static final Map<String, String> INDEXED =
            Map.of("sys_journal_field", "element_id", "sys_attachment", "table_sys_id");

    private final Dictionary dictionary;
    private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Row>>> byOwner = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    Tables(Dictionary dictionary) {
        this.dictionary = dictionary;
        dictionary.tables().forEach(table -> rows.put(table.name(), new LinkedHashMap<>()));
    }

    Dictionary dictionary() {
        return dictionary;
    }

    TableDefinition definition(String table) {
        return dictionary.table(table).orElseThrow(() -> ApiError.invalidTable(table));
    }

    /** The rows of a table and of those that extend it ({@code task} has all incidents). */
    Collection<Row> rows(String table) {
        List<String> family = dictionary.family(table);
        if (family.size() == 1) {
            return rows.get(table).values();
        }
        List<Row> all = new ArrayList<>();
        family.forEach(member -> all.addAll(rows.get(member).values()));
        return all;
    }

    Optional<Row> find(String table, String sysId) {
        return dictionary.family(table).stream()
                .map(member -> rows.get(member).get(sysId))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The first row with this value, for the few places that look something up by its name. */
    Optional<Row> findBy(String table, String field, String value) {
        return rows(table).stream()
                .filter(row -> row.get(field).equalsIgnoreCase(value))
                .findFirst();
    }

    /** The rows that may have one of these values in the field, without a scan; empty where only a scan finds them. */
    Optional<List<Row>> indexed(String table, String field, Collection<String> values) {
        if (field.equals("sys_id")) {
            return Optional.of(values.stream()
                    .flatMap(value -> find(table, value).stream())
                    .toList());
        }
        return Optional.of(table)
                .filter(name -> field.equals(INDEXED.get(name)))
                .map(name -> values.stream()
                        .flatMap(value ->
                                byOwner.getOrDefault(name, Map.of()).getOrDefault(value, Map.of()).values().stream())
                        .toList());
    }

    void put(String table, Row row) {
        Row before = rows.get(table).put(row.sysId(), row);
        if (before != null) {
            forget(table, before);
        }
        Optional.ofNullable(INDEXED.get(table))
                .ifPresent(field -> owned(table, row.get(field)).put(row.sysId(), row));
        versions.merge(table, 1L, Long::sum);
    }

    void removeIf(String table, Predicate<Row> doomed) {
        rows.get(table).values().removeIf(row -> {
            boolean gone = doomed.test(row);
            if (gone) {
                forget(table, row);
            }
            return gone;
        });
        versions.merge(table, 1L, Long::sum);
    }

    private void forget(String table, Row row) {
        Optional.ofNullable(INDEXED.get(table))
                .ifPresent(field -> owned(table, row.get(field)).remove(row.sysId()));
    }

    private Map<String, Row> owned(String table, String owner) {
        return byOwner.computeIfAbsent(table, name -> new HashMap<>())
                .computeIfAbsent(owner, key -> new LinkedHashMap<>());
    }

    /** Grows with every change of the table, so that what is derived from it knows when to be derived again. */
    long version(String table) {
        return versions.getOrDefault(table, 0L);
    }
}
