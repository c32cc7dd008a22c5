package io.roombridge.servicenow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one record of an answer. The Table API writes every value as text, an empty one as {@code ""}, times in UTC to
 * the second, and a reference as an object when it was not asked to leave the link out (facts/servicenow.md, sections
 * 1.3 and 1.6).
 */
final class Row {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Row() {}

    /** Empty text for a field that is empty or was not given. */
    static String text(Map<?, ?> row, String field) {
        Object value = row.get(field);
        if (value instanceof Map<?, ?> reference) {
            value = reference.get("value");
        }
        return value == null ? "" : value.toString();
    }

    /** What a person reads, of a record that was asked for with {@code sysparm_display_value=all}. */
    static String shown(Map<?, ?> row, String field) {
        return row.get(field) instanceof Map<?, ?> both && both.get("display_value") != null
                ? both.get("display_value").toString()
                : "";
    }

    static int number(Map<?, ?> row, String field) {
        try {
            return Integer.parseInt(text(row, field));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A time as a query has it: UTC, cut to the second. */
    static String time(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    static Optional<Instant> time(Map<?, ?> row, String field) {
        try {
            return Optional.of(LocalDateTime.parse(text(row, field), TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
