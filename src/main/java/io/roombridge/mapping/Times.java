package io.roombridge.mapping;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** How instants read in a ticket: UTC, to the minute. */
final class Times {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** @throws DateTimeParseException unless it is an RFC 3339 time with an offset */
    static String utc(String time) {
        return UTC.format(parse(time));
    }

    static Instant parse(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }
}
