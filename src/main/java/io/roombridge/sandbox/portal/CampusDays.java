package io.roombridge.sandbox.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * One day after the other, without end. The portal remembers: tickets keep their sequences, what is still open in the
 * evening heals before the next morning. Not thread-safe.
 */
public final class CampusDays implements Iterator<CampusDay> {

    private static final LocalTime DAY_STARTS = LocalTime.of(6, 0);

    /** What kind of a day it is. */
    enum Rhythm {
        /** Everything that can happen, happens. */
        FUSE,
        /** Everything but the outage of a floor. */
        WORKDAY,
        /** Only what was left open heals. */
        WEEKEND
    }

    private final Function<LocalDate, Rhythm> rhythm;
    private final Campus campus;
    private final PortalBook book;
    private final Random random;
    private LocalDate date;

    public CampusDays(Campus campus, LocalDate first) {
        this(campus, first, date -> Rhythm.FUSE);
    }

    CampusDays(Campus campus, LocalDate first, Function<LocalDate, Rhythm> rhythm) {
        this.rhythm = rhythm;
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
        Rhythm kind = rhythm.apply(date);
        date = date.plusDays(1);
        DayPlan plan = new DayPlan();
        DayDirector director = new DayDirector(book, plan, start, random);
        director.morningRound();
        if (kind != Rhythm.WEEKEND) {
            campus.tenants().forEach(tenant -> director.direct(tenant, kind == Rhythm.FUSE));
        }
        List<DayPlan.Planned> planned = new Imperfections(random).of(plan.events());
        return CampusDay.of(campus.tenants(), start, planned, plan.deskActions(), random);
    }
}
