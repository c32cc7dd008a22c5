package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

    private static final TimeZones ZONES = new TimeZones();
    private static final Calendars CALENDARS = new Calendars();

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, DE, Europe/Berlin",
        "europe/berlin, DE, Europe/Berlin",
        "W. Europe Standard Time, DE-BY, Europe/Berlin",
        "W. Europe Standard Time, IT, Europe/Rome",
        "w. europe standard time, CH, Europe/Zurich",
        "Romance Standard Time, ES, Europe/Madrid",
        "Eastern Standard Time, CA-ON, America/Toronto",
        "Eastern Standard Time, US-NY, America/New_York",
        "GMT Standard Time, ES-CN, Atlantic/Canary",
        "US Mountain Standard Time, US-AZ, America/Phoenix",
        "Pacific Standard Time, DE, America/Los_Angeles",
        "UTC, GB, Etc/UTC",
    })
    void readsIanaAndWindowsIds(String id, String region, String zone) {
        assertThat(ZONES.of(id, region(region)).toOptional().orElseThrow()).hasToString(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "", "+01:00", "Berlin", "W. Europe Summer Time"})
    void anUnknownZoneIsRefusedWithAnExampleOfTheRegion(String id) {
        assertThat(ZONES.of(id, region("DE")).refusal())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("\"" + id + "\"").contains("Europe/Berlin"));
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 2026-06-01T10:00-07:00, Europe/Berlin",
        "US, 2026-06-01T10:00-04:00, America/New_York",
        "US, 2026-06-01T10:00-05:00, America/Chicago",
        "US, 2026-12-01T10:00-05:00, America/New_York",
        "US, 2026-12-01T10:00-10:00, Pacific/Honolulu",
        "US, 2026-06-01T10:00+02:00, America/New_York",
        "US-TX, 2026-06-01T10:00-06:00, America/Denver",
        "AU, 2026-12-01T10:00+10:30, Australia/Adelaide",
        "PT, 2026-12-01T10:00-01:00, Atlantic/Azores",
        "ES-CN, 2026-12-01T10:00+01:00, Atlantic/Canary",
        "GB-LND, 2026-12-01T10:00+01:00, Europe/London",
    })
    void withoutASettingTheOffsetChoosesAmongTheZonesOfTheRegion(String region, OffsetDateTime moment, String zone) {
        assertThat(TimeZones.usual(region(region), moment)).hasToString(zone);
    }

    @Test
    void aRoomWithoutASettingHasTheOnlyZoneOfItsRegionOrNone() {
        assertThat(ZONES.ofRoom(Optional.of("Europe/Rome"), region("DE")).toOptional())
                .hasToString("Optional[Europe/Rome]");
        assertThat(ZONES.ofRoom(Optional.empty(), region("DE-BY")).toOptional()).hasToString("Optional[Europe/Berlin]");
        assertThat(ZONES.ofRoom(Optional.empty(), region("US")).refusal())
                .hasValue("the room has no time zone, and US has several: set the room's own");
        assertThat(ZONES.ofRoom(Optional.of("nowhere"), region("DE")).toOptional())
                .isEmpty();
    }

    @Test
    void everyRegionHasATimeZone() {
        assertThat(Tables.rows("subdivisions.csv"))
                .allSatisfy(row -> CALENDARS
                        .of(row[0])
                        .toOptional()
                        .ifPresent(calendar ->
                                assertThat(calendar.region().zones()).isNotEmpty()));
    }

    private static Region region(String code) {
        return CALENDARS.of(code).toOptional().orElseThrow().region();
    }
}
