package io.roombridge.sandbox.servicenow;

import java.util.Optional;

/** What a person reads for a stored value: labels, names, the user's own time zone, the text of a journal. */
final class DisplayValues {

    private final Tables tables;
    private final Choices choices;
    private final Journals journals;
    private final Switches switches;

    DisplayValues(Tables tables, Choices choices, Journals journals, Switches switches) {
        this.tables = tables;
        this.choices = choices;
        this.journals = journals;
        this.switches = switches;
    }

    String of(FieldPath.Place place, Session session) {
        Field field = place.field();
        if (field.isJournal()) {
            return place.row().map(row -> journals.text(row, field, session)).orElse("");
        }
        String value = place.value();
        if (value.isEmpty()) {
            return "";
        }
        return switch (field.kind()) {
            case REFERENCE -> nameOf(field.reference(), value).orElse("");
            case DATE_TIME -> SysTime.inZone(value, session.user().zone(), switches.dateFormat());
            default -> label(place.table(), field, value);
        };
    }

    private String label(TableDefinition table, Field field, String value) {
        if (field.name().equals("sys_class_name")) {
            return tables.dictionary().table(value).map(TableDefinition::label).orElse(value);
        }
        return choices.label(table, field.name(), value).orElse(value);
    }

    private Optional<String> nameOf(String table, String sysId) {
        return tables.dictionary()
                .table(table)
                .flatMap(definition -> tables.find(table, sysId).map(row -> row.get(definition.display())));
    }
}
