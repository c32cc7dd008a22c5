package io.roombridge.closing;

import java.util.Locale;

/**
 * Why a date is no business day.
 *
 * @param name the holiday, the closed day's own name, or the weekday
 */
public record Closed(Reason reason, String name) {

    /** Ordered by what a reader wants to hear first when several hold. */
    public enum Reason {
        HOLIDAY,
        CLOSED_DAY,
        WEEKEND;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
