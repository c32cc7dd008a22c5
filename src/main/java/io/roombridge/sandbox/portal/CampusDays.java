package io.roombridge.sandbox.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * One day after the other, without end. The portal remembers: tickets keep their sequences, what is still open in the
 * evening heals before the next morning. Not thread-safe.
 */
public final class CampusDays implements Iterator<CampusDay> {

    private static final LocalTime DAY_STARTS = LocalTime.of(6, 0);

    private final Campus campus;
    private final PortalBook book;
    private final Random random;
    private LocalDate date;

    public CampusDays(Campus campus, LocalDate first) {
        this.campus = campus;
        this.date = first;
        // Not the campus' own seed: the same draws would shape the rooms and the day alike.
        this.random = new Random(campus.seed() * 31 + first.toEpochDay());
        this.book = new PortalBook(campus, new EventPen(new Random(random.nextLong())));
    }

    /** Always true. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public CampusDay next() {
        Instant start = date.atTime(DAY_STARTS).toInstant(ZoneOffset.UTC);
        date = date.plusDays(1);
        DayPlan plan = new DayPlan();
        DayDirector director = new DayDirector(book, plan, start, random);
        director.morningRound();
        campus.tenants().forEach(director::direct);
        List<DayPlan.Planned> planned = new Imperfections(random).of(plan.events());
        return CampusDay.of(campus.tenants(), start, planned, plan.deskActions(), random);
    }
}
