package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The append-only list of all applied writes, for whoever has to judge afterwards what really happened. Nothing takes
 * an entry away, neither the deletion of the row nor a restart of the client. Thread-safe.
 */
public final class History {

    /** What the platform stamps on every write; the entry says it already. */
    private static final Set<String> STAMPS =
            Set.of("sys_created_on", "sys_created_by", "sys_updated_on", "sys_updated_by", "sys_mod_count");

    private final List<Write> writes = new ArrayList<>();

    History() {}

    /** All writes so far, oldest first. */
    public synchronized List<Write> writes() {
        return List.copyOf(writes);
    }

    /** For {@link EmbeddedServiceNow#startOver}: another instance has another history. */
    synchronized void startOver() {
        writes.clear();
    }

    /** The writes to one row, oldest first. */
    public List<Write> of(String sysId) {
        return writes().stream().filter(write -> write.sysId().equals(sysId)).toList();
    }

    /** The writes to one table, oldest first. */
    public List<Write> to(String table) {
        return writes().stream().filter(write -> write.table().equals(table)).toList();
    }

    synchronized void append(
            Session session, String table, Write.Operation operation, Map<String, String> before, Row after) {
        Map<String, String> changed = new LinkedHashMap<>();
        Map<String, String> previous = new LinkedHashMap<>();
        after.fields().forEach((field, value) -> {
            String was = before.getOrDefault(field, "");
            if (!STAMPS.contains(field) && !was.equals(value)) {
                changed.put(field, value);
                previous.put(field, was);
            }
        });
        writes.add(new Write(
                writes.size(),
                session.now(),
                session.user().userName(),
                table,
                after.sysId(),
                operation,
                Map.copyOf(changed),
                before.isEmpty() ? Map.of() : Map.copyOf(previous)));
    }
}
