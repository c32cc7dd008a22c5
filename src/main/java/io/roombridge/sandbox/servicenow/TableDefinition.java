package io.roombridge.sandbox.servicenow;

import java.util.Map;
import java.util.Optional;

/**
 * One table as the data dictionary describes it.
 *
 * @param parent the table it extends, else empty
 * @param display the field whose value stands for the row where another row refers to it
 * @param prefix what its numbers begin with, or empty for a table without numbers
 */
record TableDefinition(
        String name, String label, String parent, String display, String prefix, Map<String, Field> fields) {

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    boolean is(String table) {
        return name.equals(table) || parent.equals(table);
    }
}
