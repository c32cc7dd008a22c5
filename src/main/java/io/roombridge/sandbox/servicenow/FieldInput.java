package io.roombridge.sandbox.servicenow;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what a client sent for a field into what is stored. Nothing, when the platform drops it without a word:
 * unknown choices, texts that are no number or no date (facts/servicenow.md §1.7).
 */
final class FieldInput {

    private final Tables tables;
    private final Choices choices;
    private final Switches switches;

    FieldInput(Tables tables, Choices choices, Switches switches) {
        this.tables = tables;
        this.choices = choices;
        this.switches = switches;
    }

    /** @param display the client speaks in display values: names, labels, dates in the user's own time zone */
    Optional<String> accept(TableDefinition table, Field field, String sent, boolean display, Session session) {
        if (sent.isEmpty()) {
            return Optional.of("");
        }
        Map<String, String> list = choices.of(table, field.name());
        if (!list.isEmpty()) {
            return choices.accept(list, sent, display);
        }
        return switch (field.kind()) {
            case INTEGER -> Optional.of(sent.strip()).filter(text -> text.matches("-?\\d{1,18}"));
            case BOOLEAN -> Optional.of(String.valueOf(sent.equals("true") || sent.equals("1")));
            case DATE_TIME ->
                SysTime.parse(sent, display ? session.user().zone() : ZoneOffset.UTC)
                        .map(SysTime::of);
            case REFERENCE -> reference(field, sent, display);
            case STRING -> Optional.of(fit(field, sent));
            default -> Optional.of(sent);
        };
    }

    private Optional<String> reference(Field field, String sent, boolean display) {
        boolean known = tables.dictionary()
                .table(field.reference())
                .flatMap(table -> tables.find(table.name(), sent))
                .isPresent();
        if (known || !display) {
            // A sys_id that nothing has is stored as it is: a broken reference, shown as nothing.
            return Optional.of(sent.length() > field.maxLength() ? sent.substring(0, field.maxLength()) : sent);
        }
        TableDefinition target = tables.definition(field.reference());
        return tables.findBy(target.name(), target.display(), sent).map(Row::sysId);
    }

    private String fit(Field field, String text) {
        int length = text.codePointCount(0, text.length());
        if (length <= field.maxLength()) {
            return text;
        }
        if (switches.longText() == Switches.LongText.REJECTED) {
            throw ApiError.failed("Value of field '%s' is too long: %d characters, at most %d are allowed"
                    .formatted(field.label(), length, field.maxLength()));
        }
        return text.substring(0, text.offsetByCodePoints(0, field.maxLength()));
    }
}
