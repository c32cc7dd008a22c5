package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field, or a dot-walk over references to a field ({@code caller_id.location.name}).
 *
 * @param steps all but the last are references
 */
record FieldPath(List<Field> steps) {

    /** A row of a table, or nothing when a reference on the way is empty or points to nothing. */
    record Place(TableDefinition table, Optional<Row> row, Field field) {
        String value() {
            return row.map(found -> found.get(field.name())).orElse("");
        }
    }

    static Optional<FieldPath> of(Dictionary dictionary, TableDefinition table, String text) {
        List<Field> steps = new ArrayList<>();
        Optional<TableDefinition> current = Optional.of(table);
        for (String name : text.split("\\.", -1)) {
            Optional<Field> field = current.flatMap(definition -> definition.field(name));
            if (field.isEmpty()) {
                return Optional.empty();
            }
            steps.add(field.get());
            current = dictionary.table(field.get().reference());
        }
        return Optional.of(new FieldPath(steps));
    }

    Field last() {
        return steps.get(steps.size() - 1);
    }

    Place from(Tables tables, TableDefinition table, Row row) {
        TableDefinition place = table;
        Optional<Row> current = Optional.of(row);
        for (Field step : steps.subList(0, steps.size() - 1)) {
            place = tables.definition(step.reference());
            current = current.flatMap(found -> tables.find(step.reference(), found.get(step.name())));
        }
        return new Place(place, current, last());
    }
}
