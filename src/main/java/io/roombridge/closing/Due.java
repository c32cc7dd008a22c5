package io.roombridge.closing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * When a ticket comes due, and how that was counted.
 *
 * @param counted the business days, day 1 first
 * @param skipped the other dates between the start and the last counted day, in order
 * @param dueAt the start of the local date after the last counted day
 * @param executeFrom 09:00 local on the first business day after it; not before that is anything closed
 * @param warnAt 09:00 local on the business day before the last; with one business day only, the start itself
 */
public record Due(
        Region region,
        ZoneId zone,
        Instant start,
        List<LocalDate> counted,
        List<Skipped> skipped,
        Instant dueAt,
        Instant executeFrom,
        Instant warnAt) {

    private static final DateTimeFormatter LONG_DATE = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

    public Due {
        counted = List.copyOf(counted);
        skipped = List.copyOf(skipped);
    }

    /** The last business day that belongs to the customer. */
    public LocalDate lastDay() {
        return counted.get(counted.size() - 1);
    }

    public int businessDays() {
        return counted.size();
    }

    /** As people say it: {@code end of Thursday 4 June 2026 (Europe/Berlin)}. */
    public String inWords() {
        return endOf(lastDay(), zone);
    }

    static String endOf(LocalDate lastDay, ZoneId zone) {
        return "end of " + longDate(lastDay) + " (" + zone + ")";
    }

    static String longDate(LocalDate date) {
        return LONG_DATE.format(date);
    }

    ZonedDateTime local(Instant instant) {
        return instant.atZone(zone);
    }
}
