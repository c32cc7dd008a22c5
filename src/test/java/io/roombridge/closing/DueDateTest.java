package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueDateTest {

    private static final Calendars CALENDARS = new Calendars();
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void mondayAndThreeDaysIsTheEndOfThursday() {
        Due due = DueDate.count(calendar("DE"), BERLIN, at("2026-06-08T10:00+02:00"), 3);

        assertThat(due.inWords()).isEqualTo("end of Thursday 11 June 2026 (Europe/Berlin)");
        assertThat(due.dueAt()).isEqualTo(at("2026-06-12T00:00+02:00"));
        assertThat(due.executeFrom()).isEqualTo(at("2026-06-12T09:00+02:00"));
        assertThat(due.warnAt()).isEqualTo(at("2026-06-10T09:00+02:00"));
    }

    @Test
    void theLocalDateOfTheStartDecidesNotTheHour() {
        Due early = DueDate.count(calendar("DE"), BERLIN, at("2026-06-08T00:00+02:00"), 3);
        Due late = DueDate.count(calendar("DE"), BERLIN, at("2026-06-08T23:59:59+02:00"), 3);

        assertThat(early.dueAt()).isEqualTo(late.dueAt());
    }

    @Test
    void sameMomentIsAnotherLocalDateFarAway() {
        Instant moment = at("2026-06-08T23:30+02:00");

        Due there = DueDate.count(calendar("NZ-AUK"), ZoneId.of("Pacific/Auckland"), moment, 3);

        assertThat(there.lastDay()).isEqualTo(LocalDate.of(2026, 6, 12));
    }

    @Test
    void startOnAWeekendCountsFromMonday() {
        Due due = DueDate.count(calendar("DE"), BERLIN, at("2026-06-13T10:00+02:00"), 3);

        assertThat(due.counted().get(0)).isEqualTo(LocalDate.of(2026, 6, 15));
    }

    @Test
    void isExecutedOnTheNextBusinessDayWhenTheLastDayIsAFriday() {
        Due due = DueDate.count(calendar("DE"), BERLIN, at("2026-06-09T10:00+02:00"), 3);

        assertThat(due.dueAt()).isEqualTo(at("2026-06-13T00:00+02:00"));
        assertThat(due.executeFrom()).isEqualTo(at("2026-06-15T09:00+02:00"));
    }

    @Test
    void localDateWithoutMidnightBeginsAtItsFirstMoment() {
        // Egypt sets its clocks forward at midnight of the last Friday of April: 24 April 2026 begins at 01:00.
        Due due = DueDate.count(calendar("GB"), ZoneId.of("Africa/Cairo"), at("2026-04-20T10:00+02:00"), 3);

        assertThat(due.dueAt()).isEqualTo(at("2026-04-24T01:00+03:00"));
    }

    @Test
    void localDateWithTwoMidnightsBeginsAtTheFirst() {
        // Cuba sets its clocks back from 01:00 to midnight on Sunday 1 November 2026.
        Due due = DueDate.count(saturdayToo("GB"), ZoneId.of("America/Havana"), at("2026-10-28T10:00-04:00"), 3);

        assertThat(due.dueAt()).isEqualTo(at("2026-11-01T00:00-04:00"));
    }

    @Test
    void leapDayIsADayLikeAnyOther() {
        Due due = DueDate.count(calendar("DE-BE"), BERLIN, at("2028-02-28T10:00+01:00"), 3);

        assertThat(due.counted())
                .containsExactly(LocalDate.of(2028, 2, 29), LocalDate.of(2028, 3, 1), LocalDate.of(2028, 3, 2));
    }

    @Test
    void oneBusinessDayLeavesNoEarlierDayToWarnOn() {
        Instant start = at("2026-06-08T10:00+02:00");

        assertThat(DueDate.count(calendar("DE"), BERLIN, start, 1).warnAt()).isEqualTo(start);
    }

    @Test
    void countOfNothingIsRefused() {
        assertThatThrownBy(() -> DueDate.count(calendar("DE"), BERLIN, Instant.EPOCH, 0))
                .hasMessageContaining("business days to wait: 0");
    }

    @Test
    void severalRoomsWaitForTheLatest() {
        Instant start = at("2026-06-03T10:00+02:00");
        Due berlin = DueDate.count(calendar("DE-BE"), BERLIN, start, 3);
        Due munich = DueDate.count(calendar("DE-BY"), BERLIN, start, 3);

        assertThat(DueDate.latest(List.of(berlin, munich))).contains(munich);
        assertThat(DueDate.latest(List.of(munich, berlin))).contains(munich);
        assertThat(DueDate.latest(List.of())).isEmpty();
    }

    private static BusinessCalendar calendar(String region) {
        return CALENDARS.of(region).toOptional().orElseThrow();
    }

    private static BusinessCalendar saturdayToo(String region) {
        return calendar(region).with(new WorkWeek(EnumSet.complementOf(EnumSet.of(DayOfWeek.SUNDAY))));
    }

    private static Instant at(String moment) {
        return OffsetDateTime.parse(moment).toInstant();
    }
}
