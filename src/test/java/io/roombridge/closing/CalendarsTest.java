package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarsTest {

    private static final Calendars CALENDARS = new Calendars();

    @Test
    void knowsTheTwentyOneRegionsOfTheService() {
        assertThat(CALENDARS.regions())
                .containsExactly(
                        "AT", "AU", "BE", "CA", "CH", "DE", "DK", "ES", "FI", "GB", "GR", "IE", "IT", "LU", "MC", "NL",
                        "NO", "NZ", "PT", "SE", "US");
    }

    @Test
    void everySubdivisionHasACalendarOrAReasonedRefusal() {
        assertThat(Tables.rows("subdivisions.csv")).hasSizeGreaterThan(700).allSatisfy(row -> {
            Finding<BusinessCalendar> calendar = CALENDARS.of(row[0]);
            assertThat(calendar.toOptional().isPresent()
                            || calendar.refusal().orElseThrow().contains("not among the supported regions"))
                    .as(row[0])
                    .isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"FR", "XX", "", "DE-XX", "DE-", "DE-BY-MU", "US-PR", "NL-AW", "Germany"})
    void anUnknownRegionIsRefusedAndSaysWhatWasExpected(String region) {
        assertThat(CALENDARS.of(region).toOptional()).isEmpty();
        assertThat(CALENDARS.of(region).refusal())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("\"" + region + "\"")
                        .containsAnyOf(
                                "expected an ISO 3166 code", "correct it, or give", "not among the supported regions"));
    }

    @Test
    void codesAreReadInAnyCase() {
        assertThat(calendar(" de-by ").region().code()).isEqualTo("DE-BY");
    }

    @ParameterizedTest
    @CsvSource({
        // region, date, whether it is a business day
        "US,    2026-10-12, false", // Columbus Day, a federal holiday
        "US-CA, 2026-10-12, false",
        "DE-BY, 2026-12-24, true", // an observance
        "DE-BY, 2028-08-15, false", // kept in most of Bavaria
        "DE-BE, 2028-08-15, true",
        "DE,    2026-06-04, false", // Corpus Christi in six of the Länder
        "CA,    2027-06-24, true", // Quebec's own day
        "CA-QC, 2027-06-24, false",
        "CA,    2026-09-30, false", // kept in some of the covered provinces
        "AT-9,  2027-11-15, true", // Saint Leopold closes schools only
        "GR,    2026-01-30, true", // the Three Hierarchs too
        "GB,    2026-11-30, false", // Saint Andrew in Scotland
        "GB-ENG,2026-11-30, true",
        "IE,    2027-12-28, false", // for Saint Stephen's Day on a Sunday
        "NZ,    2026-04-27, false", // for Anzac Day on a Saturday
        "AU-VIC,2026-04-27, true", // Victoria keeps no such substitute
        "US-NY, 2027-12-31, false", // for New Year's Day 2028 on a Saturday
        "CH-GL, 2026-04-02, true", // not in Holy Week,
        "CH-GL, 2026-04-09, false", // but a week later
        "IT,    2027-12-07, true", // Milan's own day
        "IT-MI, 2027-12-07, false",
        "GB-LND,2026-08-03, true", // London is in England
        "ES-B,  2026-09-11, false", // and Barcelona in Catalonia
        "PT,    2027-06-24, true", // a day of single towns
    })
    void countsPublicHolidaysOnly(String region, LocalDate date, boolean businessDay) {
        assertThat(calendar(region).isBusinessDay(date)).isEqualTo(businessDay);
    }

    @Test
    void quebecHasACalendarButIsFlaggedUnsupported() {
        assertThat(calendar("CA-QC").region().unsupported()).hasValue("the managed service excludes Quebec (seed 004)");
        assertThat(calendar("CA-ON").region().unsupported()).isEmpty();
        assertThat(calendar("CA").region().unsupported()).isEmpty();
    }

    @Test
    void aHolidayOfSomeSubdivisionsIsNamedWithThem() {
        assertThat(calendar("GB").closed(LocalDate.of(2026, 11, 30)))
                .hasValue(new Closed(Closed.Reason.HOLIDAY, "St. Andrew's Day (GB-SCT)"));
        assertThat(calendar("DE").closed(LocalDate.of(2026, 6, 4)).orElseThrow().name())
                .isEqualTo("Corpus Christi (DE-BW, DE-BY, DE-HE and 3 more)");
    }

    @Test
    void whereNoSubdivisionDiffersNoneNeedsToBeKnown() {
        Regions regions = new Regions();
        PublicHolidays holidays =
                new PublicHolidays(regions, Corrections.read(regions).all());
        List<Region> uniform = CALENDARS.regions().stream()
                .map(code -> calendar(code).region())
                .filter(region -> !region.anySubdivision())
                .toList();

        assertThat(uniform)
                .isNotEmpty()
                .allSatisfy(country -> Tables.rows("subdivisions.csv").stream()
                        .filter(row -> row[0].startsWith(country.code() + "-"))
                        .flatMap(row -> CALENDARS.of(row[0]).toOptional().stream())
                        .forEach(subdivision -> assertThat(holidays.of(subdivision.region(), 2026))
                                .as(subdivision.region().code())
                                .isEqualTo(holidays.of(country, 2026))));
    }

    @Test
    void aHolidayOnAWeekendIsCalledByItsName() {
        assertThat(calendar("DE").closed(LocalDate.of(2026, 10, 3)))
                .hasValueSatisfying(closed -> assertThat(closed.reason()).isEqualTo(Closed.Reason.HOLIDAY));
        assertThat(calendar("DE").closed(LocalDate.of(2026, 10, 4)))
                .hasValue(new Closed(Closed.Reason.WEEKEND, "Sunday"));
    }

    @Test
    void ownClosedDaysAddUpAndKeepTheirNames() {
        LocalDate bridge = LocalDate.of(2026, 6, 5);
        LocalDate stocktaking = LocalDate.of(2026, 6, 8);

        BusinessCalendar calendar = calendar("DE-BY")
                .withClosedDays(List.of(new ClosedDay(bridge, "bridge day")))
                .withClosedDays(List.of(new ClosedDay(stocktaking, "stocktaking")));

        assertThat(calendar.closed(bridge)).hasValue(new Closed(Closed.Reason.CLOSED_DAY, "bridge day"));
        assertThat(calendar.closed(stocktaking)).hasValue(new Closed(Closed.Reason.CLOSED_DAY, "stocktaking"));
        assertThat(calendar("DE-BY").isBusinessDay(bridge)).isTrue();
    }

    @Test
    void anotherWorkWeekMovesTheWeekend() {
        BusinessCalendar calendar =
                calendar("GB").with(new WorkWeek(EnumSet.range(DayOfWeek.TUESDAY, DayOfWeek.SATURDAY)));

        assertThat(calendar.isBusinessDay(LocalDate.of(2026, 6, 20))).isTrue();
        assertThat(calendar.closed(LocalDate.of(2026, 6, 22))).hasValue(new Closed(Closed.Reason.WEEKEND, "Monday"));
    }

    @Test
    void aWorkWeekWithoutAWorkingDayIsRefused() {
        assertThatThrownBy(() -> new WorkWeek(Set.of())).hasMessageContaining("at least one weekday");
    }

    private static BusinessCalendar calendar(String region) {
        return CALENDARS.of(region).toOptional().orElseThrow();
    }
}
