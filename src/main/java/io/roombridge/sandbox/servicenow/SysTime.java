package io.roombridge.sandbox.servicenow;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** ServiceNow's text form of a time: {@code yyyy-MM-dd HH:mm:ss}, stored in UTC, whole seconds. */
final class SysTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private SysTime() {}

    static String of(Instant instant) {
        return FORMAT.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** The instant of a stored value, or empty when it is none. */
    static Optional<Instant> parse(String value, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(value, FORMAT).atZone(zone).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static Instant stored(String value) {
        return parse(value, ZoneOffset.UTC).orElse(Instant.EPOCH);
    }

    /** A stored value as a user with this time zone and format sees it. */
    static String inZone(String value, ZoneId zone, String format) {
        return parse(value, ZoneOffset.UTC)
                .map(instant ->
                        DateTimeFormatter.ofPattern(format, Locale.ENGLISH).format(instant.atZone(zone)))
                .orElse(value);
    }
}
