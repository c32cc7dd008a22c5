package io.roombridge.closing;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Set;

/** The weekdays on which people work. */
public record WorkWeek(Set<DayOfWeek> days) {

    public static final WorkWeek MONDAY_TO_FRIDAY = new WorkWeek(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

    public WorkWeek {
        if (days.isEmpty()) {
            throw new IllegalArgumentException(
                    "a work week without a working day never lets a ticket come due:" + " name at least one weekday");
        }
        days = Set.copyOf(days);
    }
}
