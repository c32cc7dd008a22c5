package io.roombridge.closing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Counts business days (shared design, section 3.6): day 1 is the first business day after the local date of the start, and
 * the ticket is due when the local date after day N begins. Monday 10:00 and three days: the end of Thursday.
 *
 * <p>Whole dates are counted, never hours, so a change to or from daylight saving makes no difference; a zone that has no
 * midnight on some date begins it at its first moment.
 */
public final class DueDate {

    private static final LocalTime OPENING = LocalTime.of(9, 0);

    private DueDate() {}

    /**
     * @param businessDays at least 1
     * @throws IllegalArgumentException when there is nothing to count
     */
    public static Due count(BusinessCalendar calendar, ZoneId zone, Instant start, int businessDays) {
        if (businessDays < 1) {
            throw new IllegalArgumentException("business days to wait: " + businessDays + ", expected at least 1");
        }
        List<LocalDate> counted = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (LocalDate date = start.atZone(zone).toLocalDate(); counted.size() < businessDays; ) {
            date = date.plusDays(1);
            Optional<Closed> closed = calendar.closed(date);
            if (closed.isPresent()) {
                skipped.add(new Skipped(date, closed.get()));
            } else {
                counted.add(date);
            }
        }
        LocalDate last = counted.get(businessDays - 1);
        return new Due(
                calendar.region(),
                zone,
                start,
                counted,
                skipped,
                last.plusDays(1).atStartOfDay(zone).toInstant(),
                opening(calendar.nextBusinessDay(last), zone),
                businessDays == 1 ? start : opening(counted.get(businessDays - 2), zone));
    }

    /** A ticket about several rooms waits for the last of them. */
    public static Optional<Due> latest(Collection<Due> rooms) {
        return rooms.stream().max(Comparator.comparing(Due::dueAt).thenComparing(Due::executeFrom));
    }

    private static Instant opening(LocalDate date, ZoneId zone) {
        return date.atTime(OPENING).atZone(zone).toInstant();
    }
}
