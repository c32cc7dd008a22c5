package io.roombridge.closing;

import java.time.LocalDate;

/** Easter Sunday of the Western and of the Orthodox churches, as dates of the civil calendar; years 1900 to 2099. */
final class Easter {

    private static final int JULIAN_LAG_DAYS = 13;

    private Easter() {}

    /** The anonymous Gregorian algorithm (Nature, 20 April 1876), as given by Meeus, Astronomical Algorithms, chapter 8. */
    static LocalDate western(int year) {
        int century = year / 100;
        int moon = (19 * (year % 19) + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        int sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 100 % 4) % 7;
        int late = (year % 19 + 11 * moon + 22 * sunday) / 451;
        int day = moon + sunday - 7 * late + 114;
        return LocalDate.of(year, day / 31, day % 31 + 1);
    }

    /** Meeus, chapter 8, for the Julian calendar, moved to the civil one: 13 days from 1900 to 2099. */
    static LocalDate orthodox(int year) {
        int moon = (19 * (year % 19) + 15) % 30;
        int sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
        int day = moon + sunday + 114;
        return LocalDate.of(year, day / 31, day % 31 + 1).plusDays(JULIAN_LAG_DAYS);
    }
}
