package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roombridge.closing.Simulation.Afterwards;
import io.roombridge.closing.Simulation.Past;
import io.roombridge.closing.Simulation.Replayed;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Origin;
import io.roombridge.ticket.PortalState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The past replayed: a ticket of Monday 1 June 2026 in Berlin that waits for its customer is closed on Friday at 09:00 with
 * three business days, and a day later with four.
 */
class SimulationTest {

    private static final Calendars CALENDARS = new Calendars();
    private static final String INCIDENT = "a".repeat(32);
    private static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");
    private static final Instant FRIDAY_AT_NINE = Instant.parse("2026-06-05T07:00:00Z");
    private static final Instant END_OF_JUNE = Instant.parse("2026-06-30T00:00:00Z");

    private final List<Activity> facts = new ArrayList<>(List.of(waiting(MONDAY)));

    @Test
    void aSilentTicketWouldHaveBeenClosedAndNobodyMissedIt() {
        Replayed replayed = replayed(3).orElseThrow();

        assertThat(replayed.closedAt()).contains(FRIDAY_AT_NINE);
        assertThat(replayed.silentSince()).contains(MONDAY);
        assertThat(replayed.afterwards()).isEmpty();
    }

    @Test
    void aLongerRuleClosesLater() {
        assertThat(replayed(4).orElseThrow().closedAt()).contains(Instant.parse("2026-06-08T07:00:00Z"));
    }

    @Test
    void whoSpokeAgainAfterTheClosingIsNamed() {
        facts.add(entry(Activity.Kind.CUSTOMER_ENTRY, "2026-06-09T10:00:00Z"));

        assertThat(replayed(3).orElseThrow().afterwards())
                .contains(new Afterwards(Instant.parse("2026-06-09T10:00:00Z"), "the customer wrote"));
    }

    @Test
    void whoOpenedItAgainIsNamedAndWhoResolvedItIsNot() {
        facts.add(state(IncidentState.RESOLVED, "2026-06-09T10:00:00Z"));
        assertThat(replayed(3).orElseThrow().afterwards()).isEmpty();

        facts.add(state(IncidentState.IN_PROGRESS, "2026-06-10T10:00:00Z"));
        assertThat(replayed(3).orElseThrow().afterwards()).map(Afterwards::what).contains("it was opened again");
    }

    @Test
    void whoSpokeInTimeKeptItOpen() {
        facts.add(entry(Activity.Kind.CUSTOMER_ENTRY, "2026-06-05T06:59:59Z"));

        assertThat(replayed(3)).isEmpty();
    }

    @Test
    void anIncidentThatWasResolvedBeforeIsNotClosed() {
        facts.add(state(IncidentState.RESOLVED, "2026-06-03T10:00:00Z"));

        assertThat(replayed(3)).isEmpty();
    }

    @Test
    void onlyTheTimeThatIsLookedAtCounts() {
        Simulation later = simulation(3, CALENDARS, FRIDAY_AT_NINE.plusSeconds(1), END_OF_JUNE);
        Simulation earlier = simulation(3, CALENDARS, Instant.EPOCH, FRIDAY_AT_NINE.minusSeconds(1));

        assertThat(later.replay(past(Optional.of("DE-BE"), Optional.empty()))).isEmpty();
        assertThat(earlier.replay(past(Optional.of("DE-BE"), Optional.empty()))).isEmpty();
    }

    @Test
    void whatWasReallyClosedAndWouldHaveStayedOpenIsTold() {
        facts.add(state(IncidentState.RESOLVED, "2026-06-05T07:00:05Z"));
        Past closed = past(Optional.of("DE-BE"), Optional.of(FRIDAY_AT_NINE.plusSeconds(5)));

        assertThat(simulation(3, CALENDARS, Instant.EPOCH, END_OF_JUNE)
                        .replay(closed)
                        .orElseThrow())
                .matches(replayed -> !replayed.keptOpen())
                .extracting(Replayed::closedAt)
                .isEqualTo(Optional.of(FRIDAY_AT_NINE));
        assertThat(simulation(5, CALENDARS, Instant.EPOCH, END_OF_JUNE)
                        .replay(closed)
                        .orElseThrow())
                .matches(Replayed::keptOpen);
    }

    @Test
    void aRoomWithoutARegionIsToldWithItsReason() {
        Replayed replayed = simulation(3, CALENDARS, Instant.EPOCH, END_OF_JUNE)
                .replay(past(Optional.empty(), Optional.empty()))
                .orElseThrow();

        assertThat(replayed.closedAt()).isEmpty();
        assertThat(replayed.refused()).hasValueSatisfying(why -> assertThat(why).contains("has no region"));
    }

    @Test
    void aProposedCalendarMovesTheClosing() {
        Calendars proposed = Calendars.corrected("proposed.yaml", """
                version: trial
                corrections:
                  - { regions: [ DE-BE ], add: "Company day", "on": "06-03", reason: tried out, source: unverified }
                """);

        Replayed replayed = simulation(3, proposed, Instant.EPOCH, END_OF_JUNE)
                .replay(past(Optional.of("DE-BE"), Optional.empty()))
                .orElseThrow();

        assertThat(replayed.closedAt()).contains(Instant.parse("2026-06-08T07:00:00Z"));
    }

    @Test
    void aProposedCalendarThatCannotBeUsedSaysWhatAndWhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calendars.corrected("proposed.yaml", "version: trial\n"))
                .withMessageContaining("proposed.yaml: expected \"version\" and a list of \"corrections\"");
    }

    private Optional<Replayed> replayed(int days) {
        return simulation(days, CALENDARS, Instant.EPOCH, END_OF_JUNE)
                .replay(past(Optional.of("DE-BE"), Optional.empty()));
    }

    private static Simulation simulation(int days, Calendars calendars, Instant from, Instant until) {
        return new Simulation(calendars, new TimeZones(), new InactivityRule(days, days), from, until, Instant.EPOCH);
    }

    private Past past(Optional<String> region, Optional<Instant> closed) {
        return new Past(
                "contoso",
                "rb-1",
                INCIDENT,
                "INC0010001",
                Origin.SYSTEM,
                List.of(new RoomPlace("room-12", region, Optional.empty())),
                facts,
                Instant.MIN,
                Optional.empty(),
                closed);
    }

    private static Activity waiting(Instant at) {
        return Activity.portalStatus("status", at, PortalState.NEEDS_ACTION);
    }

    private static Activity entry(Activity.Kind kind, String at) {
        return Activity.entry(kind + at, kind, Instant.parse(at));
    }

    private static Activity state(IncidentState state, String at) {
        return Activity.deskState("state" + at, false, Instant.parse(at), INCIDENT, state, "");
    }
}
