package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Comments and work notes: rows of {@code sys_journal_field} that are only ever added. The journal fields of the record
 * itself stay empty; what a person reads there is put together from the rows, newest first (facts/servicenow.md §2.7).
 */
final class Journals {

    private static final Map<String, String> LABELS =
            Map.of("comments", "Additional comments", "work_notes", "Work notes");

    private final Tables tables;
    private final Ids ids;
    private final Switches switches;

    /** Entries by the record they belong to, oldest first; the rows themselves are in {@link Tables}. */
    private final Map<String, List<Row>> byRecord = new HashMap<>();

    Journals(Tables tables, Ids ids, Switches switches) {
        this.tables = tables;
        this.ids = ids;
        this.switches = switches;
    }

    Row add(Session session, String table, String recordSysId, String element, String text) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("sys_id", ids.sysId());
        entry.put("name", table);
        entry.put("element", element);
        entry.put("element_id", recordSysId);
        entry.put("value", text);
        entry.put("sys_created_on", session.time());
        entry.put("sys_created_by", session.user().userName());
        Row row = new Row(entry);
        tables.put("sys_journal_field", row);
        byRecord.computeIfAbsent(recordSysId, key -> new ArrayList<>()).add(row);
        return row;
    }

    /** The entries of a record, oldest first. */
    List<Row> of(String recordSysId) {
        return List.copyOf(byRecord.getOrDefault(recordSysId, List.of()));
    }

    void startOver() {
        byRecord.clear();
        tables.removeIf("sys_journal_field", row -> true);
    }

    void removeAll(String recordSysId) {
        byRecord.remove(recordSysId);
        tables.removeIf("sys_journal_field", row -> row.get("element_id").equals(recordSysId));
    }

    /** All entries of a journal field as its display value, in the reader's time zone. */
    String text(Row row, Field field, Session reader) {
        List<Row> entries = new ArrayList<>(of(row.sysId()));
        Collections.reverse(entries);
        StringBuilder text = new StringBuilder();
        for (Row entry : entries) {
            String element = entry.get("element");
            if (field.kind() == Field.Kind.JOURNAL_LIST || element.equals(field.name())) {
                text.append("%s - %s (%s)\n%s\n\n"
                        .formatted(
                                SysTime.inZone(
                                        entry.get("sys_created_on"),
                                        reader.user().zone(),
                                        switches.dateFormat()),
                                author(entry.get("sys_created_by")),
                                label(element),
                                entry.get("value")));
            }
        }
        return text.toString();
    }

    static String label(String element) {
        return LABELS.getOrDefault(element, element);
    }

    private String author(String userName) {
        return tables.findBy("sys_user", "user_name", userName)
                .map(user -> user.get("name"))
                .orElse(userName);
    }
}
