package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table that a person worked out by hand (src/test/resources/closing/hand-checked.csv) against the code. */
class HandCheckedTest {

    private static final String TABLE = "/closing/hand-checked.csv";
    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final Calendars CALENDARS = new Calendars();

    @ParameterizedTest(name = "{0} {1} days from {2}")
    @CsvFileSource(resources = TABLE, useHeadersInDisplayName = false, numLinesToSkip = 6, delimiter = ',')
    void comesDueAsWorkedOutByHand(
            String region,
            int days,
            OffsetDateTime from,
            OffsetDateTime due,
            String holidays,
            String kind,
            String source) {
        BusinessCalendar calendar = CALENDARS.of(region).toOptional().orElseThrow();
        ZoneId zone = TimeZones.usual(calendar.region(), from);

        Due counted = DueDate.count(calendar, zone, from.toInstant(), days);

        assertThat(counted.dueAt().atZone(zone).toOffsetDateTime()).as(source).isEqualTo(due);
        assertThat(skippedWeekdays(counted)).as(source).isEqualTo(dates(holidays));
        if (kind.equals("dst")) {
            assertThat(due.getOffset())
                    .as("the offsets of start and due differ")
                    .isNotEqualTo(from.getOffset());
        }
        assertThat(source).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("regionsAndYears")
    void coversTheRegionInTheYearAcrossAHolidayAWeekendAndADaylightSavingChange(String region, String year)
            throws IOException {
        List<String> kinds = rows().stream()
                .map(row -> row.split(","))
                .filter(row -> row[0].equals(region) && row[2].startsWith(year))
                .map(row -> row[5])
                .toList();

        assertThat(kinds).hasSizeGreaterThanOrEqualTo(3).contains("holiday", "weekend", "dst");
    }

    /** Each of the regions has daylight saving somewhere. */
    static Stream<Arguments> regionsAndYears() {
        assertThat(CALENDARS.regions()).hasSize(21);
        return CALENDARS.regions().stream()
                .flatMap(region -> Stream.of("2026", "2027").map(year -> arguments(region, year)));
    }

    private static List<LocalDate> skippedWeekdays(Due due) {
        return due.skipped().stream()
                .map(Skipped::date)
                .filter(date -> !WEEKEND.contains(date.getDayOfWeek()))
                .toList();
    }

    private static List<LocalDate> dates(String words) {
        return words == null
                ? List.of()
                : Arrays.stream(words.split(" ")).map(LocalDate::parse).toList();
    }

    private static List<String> rows() throws IOException {
        try (BufferedReader table = new BufferedReader(
                new InputStreamReader(HandCheckedTest.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
            return table.lines().skip(6).collect(Collectors.toList());
        }
    }
}
