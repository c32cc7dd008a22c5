package io.roombridge.closing;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The business calendars of the supported regions. Safe for use by several threads; make one and keep it, since it
 * remembers the holidays it has worked out.
 */
public final class Calendars {

    private final Regions regions = new Regions();
    private final Corrections corrections;
    private final PublicHolidays holidays;

    /** With the corrections that are shipped with the bridge. */
    public Calendars() {
        this(Corrections::read);
    }

    private Calendars(Function<Regions, Corrections> source) {
        this.corrections = source.apply(regions);
        this.holidays = new PublicHolidays(regions, corrections.all());
    }

    /**
     * With other corrections instead, to try them out before they are shipped.
     *
     * @param name of where they stand, for what is said about them
     * @param yaml in the form of the shipped file
     * @throws IllegalArgumentException with what is wrong in them, and where
     */
    public static Calendars corrected(String name, String yaml) {
        return new Calendars(regions -> Corrections.read(name, yaml, regions));
    }

    /** The ISO 3166-1 codes of the 21 supported regions, sorted. */
    public Set<String> regions() {
        return regions.codes();
    }

    /**
     * The calendar of a region, Monday to Friday.
     *
     * @param region an ISO 3166-1 or 3166-2 code in any case
     * @return a refusal when the region is unknown: no calendar, no closing (shared design, section 3.6)
     */
    public Finding<BusinessCalendar> of(String region) {
        return regions.find(region)
                .then(found -> Finding.found(new BusinessCalendar(
                        found, year -> holidays.of(found, year), WorkWeek.MONDAY_TO_FRIDAY, Map.of())));
    }

    /** Names the tables behind a count, for the record of a closing. */
    public String version() {
        return corrections.version();
    }
}
