package io.roombridge.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * The days that a report is about, in the zone of its readers. A day begins at its first instant and ends before the next one's,
 * so what happens at a boundary counts once in two neighbouring reports.
 *
 * @param from the first day
 * @param to the last day, included
 */
public record Period(LocalDate from, LocalDate to, ZoneId zone) {

    /** A year and a month; more would be asked of the store day by day. */
    public static final int MOST_DAYS = 400;

    /** @throws IllegalArgumentException with what a person can do about it */
    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "the report would end on " + to + ", before it begins on " + from + ": swap the two days");
        }
        if (from.plusDays(MOST_DAYS).isBefore(to.plusDays(1))) {
            throw new IllegalArgumentException("from " + from + " to " + to + " are more than " + MOST_DAYS
                    + " days: ask for a shorter time, a month for example");
        }
    }

    /** The first instant. */
    public Instant begin() {
        return beginOf(from);
    }

    /** The first instant that is not part of it. */
    public Instant end() {
        return beginOf(to.plusDays(1));
    }

    Instant beginOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    List<LocalDate> days() {
        return from.datesUntil(to.plusDays(1)).toList();
    }
}
