package io.roombridge.sandbox.portal;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * The days of one month on the campus. At the weekend nobody is there and nothing fails; a fuse blows on the first Tuesday and
 * the third Thursday. Made day by day, because the portal remembers; seed and month decide every byte of it. Not thread-safe.
 */
public final class CampusMonth {

    private final LocalDate first;
    private final int days;
    private final CampusDays campus;
    private final List<PortalEvent> happened = new ArrayList<>();
    private LocalDate next;

    /** @param days how many of the month are played, from its first */
    public CampusMonth(long seed, LocalDate first, int days) {
        this.first = first;
        this.days = days;
        this.next = first;
        this.campus = new CampusDays(Campus.of(seed), first, CampusMonth::rhythm);
    }

    private static CampusDays.Rhythm rhythm(LocalDate date) {
        if (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return CampusDays.Rhythm.WEEKEND;
        }
        boolean fuse = date.equals(date.with(TemporalAdjusters.firstInMonth(DayOfWeek.TUESDAY)))
                || date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(3, DayOfWeek.THURSDAY)));
        return fuse ? CampusDays.Rhythm.FUSE : CampusDays.Rhythm.WORKDAY;
    }

    public boolean hasNext() {
        return next.isBefore(first.plusDays(days));
    }

    /** The next day; the first one begins at 6 o'clock UTC. */
    public CampusDay next() {
        CampusDay day = campus.next();
        happened.addAll(day.events());
        next = next.plusDays(1);
        return day;
    }

    /** What has to be true of tickets that nobody worked on, after the days that were made. */
    public Truth truth() {
        return Truth.of(happened, List.of());
    }
}
