package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Situation.Warning;
import io.roombridge.ticket.PortalState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every reason not to close a ticket, and the one way to close it. Monday 1 June 2026, three days, Berlin. */
class ClosingDecisionTest {

    private static final Calendars CALENDARS = new Calendars();
    private static final TimeZones ZONES = new TimeZones();
    private static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");
    private static final Instant TUESDAY_MORNING = Instant.parse("2026-06-02T07:00:00Z");
    private static final Instant FRIDAY_MORNING = Instant.parse("2026-06-05T07:00:00Z");
    private static final Optional<String> BERLIN = Optional.of("DE-BE");

    private final InactivityClock clock = InactivityClock.read(
            "x", List.of(Activity.portalStatus("1", MONDAY, PortalState.NEEDS_ACTION)), Instant.EPOCH);
    private List<String> vetoes = List.of();
    private Warning warning = Warning.DELIVERED;
    private Optional<Instant> warnedAt = Optional.of(TUESDAY_MORNING);
    private Optional<LocalDate> published = Optional.empty();
    private Optional<String> unheard = Optional.empty();
    private Optional<String> braked = Optional.empty();
    private Optional<String> region = BERLIN;

    @Test
    void aTicketIsWarnedOnTheBusinessDayBeforeTheLast() {
        warning = Warning.NONE;
        warnedAt = Optional.empty();

        assertThat(at("2026-06-03T06:59:59Z")).isInstanceOf(ClosingDecision.Wait.class);
        assertThat(at("2026-06-03T07:00:00Z")).isInstanceOf(ClosingDecision.Warn.class);
    }

    @Test
    void aWarnedTicketIsClosedFromNineOClockOnTheBusinessDayAfterTheLast() {
        assertThat(at("2026-06-05T06:59:59Z")).isInstanceOf(ClosingDecision.Wait.class);
        assertThat(at("2026-06-05T07:00:00Z")).isInstanceOf(ClosingDecision.Close.class);
    }

    @Test
    void outsideBusinessHoursADueTicketWaits() {
        assertThat(at("2026-06-05T16:00:00Z"))
                .isEqualTo(new ClosingDecision.Wait(
                        "due, but tickets are closed in business hours only",
                        Optional.of(Instant.parse("2026-06-08T07:00:00Z"))));
    }

    @Test
    void aWarningDeliveredLateMovesTheDateByOneFullBusinessDay() {
        warnedAt = Optional.of(Instant.parse("2026-06-05T10:00:00Z"));

        assertThat(timetable().inWords()).isEqualTo("end of Monday 8 June 2026 (Europe/Berlin)");
        assertThat(at("2026-06-08T12:00:00Z")).isInstanceOf(ClosingDecision.Wait.class);
        assertThat(at("2026-06-09T07:00:00Z")).isInstanceOf(ClosingDecision.Close.class);
    }

    @Test
    void aPublishedDateNeverMovesEarlier() {
        published = Optional.of(LocalDate.of(2026, 6, 10));

        assertThat(timetable().lastDay()).isEqualTo(LocalDate.of(2026, 6, 10));
        assertThat(at("2026-06-10T12:00:00Z")).isInstanceOf(ClosingDecision.Wait.class);
    }

    @Test
    void withoutADeliveredWarningNothingCloses() {
        warning = Warning.SENT;
        assertThat(decide(FRIDAY_MORNING)).isInstanceOf(ClosingDecision.Wait.class);

        warning = Warning.IMPOSSIBLE;
        assertThat(decide(FRIDAY_MORNING)).isInstanceOf(ClosingDecision.Never.class);
    }

    @Test
    void aVetoIsNamed() {
        vetoes = List.of("INC0010002 is an open child");

        assertThat(decide(FRIDAY_MORNING)).isEqualTo(new ClosingDecision.Never("INC0010002 is an open child"));
    }

    @Test
    void anUnknownRegionClosesNothing() {
        region = Optional.of("XX");

        assertThat(decide(FRIDAY_MORNING)).isInstanceOf(ClosingDecision.Never.class);
    }

    @Test
    void whatThePortalMayHaveSaidForbidsTheClosing() {
        Knowledge knowledge = new Knowledge(Set.of("0", "1"), Map.of("0", FRIDAY_MORNING, "1", MONDAY));
        unheard = knowledge.unheardBefore(timetable().dueAt());

        assertThat(decide(FRIDAY_MORNING).reason()).endsWith("no heartbeat of partition 1");
    }

    @Test
    void serviceNowHasToBeReadAMinuteAfterTheTicketCameDueByItsOwnClock() {
        assertThat(Knowledge.readTooEarly(MONDAY, Optional.of(MONDAY.plusSeconds(59))))
                .isPresent();
        assertThat(Knowledge.readTooEarly(MONDAY, Optional.of(MONDAY.plusSeconds(60))))
                .isEmpty();
        assertThat(Knowledge.readTooEarly(MONDAY, Optional.empty())).isPresent();
    }

    @Test
    void theBrakeHoldsAfterTenTicketsOrTwoOfAHundred() {
        assertThat(Brake.OF_THE_SERVICE.holds(9, 100)).isEmpty();
        assertThat(Brake.OF_THE_SERVICE.holds(10, 100)).isPresent();
        assertThat(Brake.OF_THE_SERVICE.holds(39, 2000)).isEmpty();
        assertThat(Brake.OF_THE_SERVICE.holds(40, 2000)).isPresent();

        braked = Brake.OF_THE_SERVICE.holds(10, 100);
        assertThat(decide(FRIDAY_MORNING)).isInstanceOf(ClosingDecision.Wait.class);
    }

    private ClosingDecision at(String instant) {
        return decide(Instant.parse(instant));
    }

    private Timetable timetable() {
        return found().toOptional().orElseThrow();
    }

    private Finding<Timetable> found() {
        RoomPlace room = new RoomPlace("room-1", region, Optional.empty());
        return Timetable.of(CALENDARS, ZONES, List.of(room), clock.start().orElseThrow(), 3, published, warnedAt);
    }

    private ClosingDecision decide(Instant now) {
        return ClosingDecision.of(
                new Situation(now, clock, found(), vetoes, warning, unheard, braked, Duration.ofHours(9)));
    }
}
