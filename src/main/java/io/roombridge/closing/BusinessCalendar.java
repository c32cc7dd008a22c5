package io.roombridge.closing;

import static java.time.format.TextStyle.FULL;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Which dates are business days in a region, and why the others are not. Immutable; a room's own work week and closed days
 * make a new calendar. A holiday can only add closed days to the week, so no setting makes a ticket close earlier than the
 * region's week allows, except a longer work week.
 */
public final class BusinessCalendar {

    private final Region region;
    private final IntFunction<Map<LocalDate, String>> holidays;
    private final WorkWeek week;
    private final Map<LocalDate, String> closedDays;

    BusinessCalendar(
            Region region,
            IntFunction<Map<LocalDate, String>> holidays,
            WorkWeek week,
            Map<LocalDate, String> closedDays) {
        this.region = region;
        this.holidays = holidays;
        this.week = week;
        this.closedDays = closedDays;
    }

    public Region region() {
        return region;
    }

    public BusinessCalendar with(WorkWeek other) {
        return new BusinessCalendar(region, holidays, other, closedDays);
    }

    /** The same calendar with these days closed as well as the ones it already has. */
    public BusinessCalendar withClosedDays(Collection<ClosedDay> more) {
        Map<LocalDate, String> all = new TreeMap<>(closedDays);
        more.forEach(day -> all.put(day.date(), day.name()));
        return new BusinessCalendar(region, holidays, week, all);
    }

    public boolean isBusinessDay(LocalDate date) {
        return closed(date).isEmpty();
    }

    /** Why the date is no business day; empty when it is one. */
    public Optional<Closed> closed(LocalDate date) {
        String holiday = holidays.apply(date.getYear()).get(date);
        if (holiday != null) {
            return Optional.of(new Closed(Closed.Reason.HOLIDAY, holiday));
        }
        if (closedDays.containsKey(date)) {
            return Optional.of(new Closed(Closed.Reason.CLOSED_DAY, closedDays.get(date)));
        }
        if (!week.days().contains(date.getDayOfWeek())) {
            String weekday = date.getDayOfWeek().getDisplayName(FULL, Locale.ENGLISH);
            return Optional.of(new Closed(Closed.Reason.WEEKEND, weekday));
        }
        return Optional.empty();
    }

    /** The first business day after the date. */
    public LocalDate nextBusinessDay(LocalDate date) {
        LocalDate next = date.plusDays(1);
        while (!isBusinessDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    /** The last business day before the date. */
    public LocalDate previousBusinessDay(LocalDate date) {
        LocalDate previous = date.minusDays(1);
        while (!isBusinessDay(previous)) {
            previous = previous.minusDays(1);
        }
        return previous;
    }
}
