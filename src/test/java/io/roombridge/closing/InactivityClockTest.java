package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.PortalState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and since when the customer is silent: every rule of the design, section 3.6, as one sentence. */
class InactivityClockTest {

    private static final String INCIDENT = "a".repeat(32);
    private static final Instant T0 = Instant.parse("2026-06-01T08:00:00Z");

    private final List<Activity> facts = new ArrayList<>();

    @Test
    void withoutAnyFactTheSocHasTheBallAndNoClockRuns() {
        assertThat(read().ball()).isEqualTo(Ball.SOC);
        assertThat(read().running()).isFalse();
    }

    @Test
    void needsActionHandsTheBallToTheCustomer() {
        portal(0, PortalState.NEEDS_ACTION);

        assertThat(read().ball()).isEqualTo(Ball.CUSTOMER);
        assertThat(read().start()).contains(hour(0));
    }

    @Test
    void awaitingCallerHandsTheBallToTheCustomer() {
        portal(0, PortalState.NEW);
        hold(3, "1");

        assertThat(read().start()).contains(hour(3));
    }

    @Test
    void aCommentOfTheSocHandsTheBallToTheCustomer() {
        portal(0, PortalState.NEW);
        entry(2, Activity.Kind.SOC_ENTRY);

        assertThat(read().start()).contains(hour(2));
    }

    @Test
    void anAnswerOfTheCustomerStopsTheClock() {
        portal(0, PortalState.NEEDS_ACTION);
        entry(5, Activity.Kind.CUSTOMER_ENTRY);

        assertThat(read().ball()).isEqualTo(Ball.SOC);
        assertThat(read().running()).isFalse();
        assertThat(read().lastCustomerEntry()).contains(hour(5));
    }

    @Test
    void theNextHandOverStartsAFullCount() {
        portal(0, PortalState.NEEDS_ACTION);
        entry(5, Activity.Kind.CUSTOMER_ENTRY);
        hold(9, "1");

        assertThat(read().start()).contains(hour(9));
    }

    @Test
    void anAnswerThatMayBeNewerThanTheHandOverIsTheSocsTurn() {
        entry(5, Activity.Kind.CUSTOMER_ENTRY);
        heldBetween(4, 9);
        assertThat(read().ball()).isEqualTo(Ball.SOC);

        facts.clear();
        entry(3, Activity.Kind.CUSTOMER_ENTRY);
        heldBetween(4, 9);
        assertThat(read().start()).as("the latest moment, for the count").contains(hour(9));
    }

    @Test
    void aHoldOfUnknownTimeTakesNothingFromAHandOverBeforeIt() {
        entry(5, Activity.Kind.CUSTOMER_ENTRY);
        portal(6, PortalState.NEEDS_ACTION);
        heldBetween(4, 9);

        assertThat(read().start()).contains(hour(9));
    }

    @Test
    void anIssueThatAPersonRaisedAndNobodyAnsweredIsTheSocs() {
        entry(0, Activity.Kind.CUSTOMER_ENTRY);
        portal(0, PortalState.NEEDS_ACTION);

        assertThat(read().ball()).isEqualTo(Ball.SOC);
    }

    @Test
    void aHoldForAVendorStopsTheClockWhateverThePortalSays() {
        hold(1, "4");
        portal(2, PortalState.NEEDS_ACTION);

        assertThat(read().ball()).isEqualTo(Ball.VENDOR);
    }

    @Test
    void systemInvestigatingStopsTheClockAlsoOfAnAwaitedCaller() {
        hold(1, "1");
        portal(2, PortalState.INVESTIGATING);

        assertThat(read().ball()).isEqualTo(Ball.SYSTEM);
    }

    @Test
    void aCustomersAnswerIsTheSocsTurnAlsoWhileThePortalInvestigates() {
        portal(0, PortalState.INVESTIGATING);
        entry(1, Activity.Kind.CUSTOMER_ENTRY);

        assertThat(read().ball()).isEqualTo(Ball.SOC);
    }

    @Test
    void activityWhileTheClockRunsStartsItAnew() {
        portal(0, PortalState.NEEDS_ACTION);
        entry(30, Activity.Kind.SOC_NOTE);
        assertThat(read().start()).contains(hour(30));

        facts.add(Activity.assigned("assigned", hour(40), INCIDENT));
        assertThat(read().start()).contains(hour(40));
        assertThat(read().since()).contains(hour(0));
    }

    @Test
    void theBridgesOwnWritesDoNotStartItAnew() {
        portal(0, PortalState.NEEDS_ACTION);
        facts.add(Activity.deskState("own", true, hour(9), INCIDENT, IncidentState.NEW, ""));

        assertThat(read().start()).contains(hour(0));
    }

    @Test
    void aHoldOfAnEarlierIncidentOfTheTicketSaysNothingOfThisOne() {
        portal(0, PortalState.NEW);
        facts.add(Activity.deskState("other", false, hour(1), "b".repeat(32), IncidentState.ON_HOLD, "1"));

        assertThat(read().ball()).isEqualTo(Ball.SOC);
    }

    @Test
    void anAnswerBeforeAHandOverThatIsOverMakesItTheSocsTurn() {
        entry(1, Activity.Kind.SOC_ENTRY);
        entry(2, Activity.Kind.CUSTOMER_ENTRY);
        portal(3, PortalState.NEEDS_ACTION);
        portal(4, PortalState.NEW);

        assertThat(read().ball()).isEqualTo(Ball.SOC);
    }

    @Test
    void noCountBeginsBeforeTheBridgeKnowsEverything() {
        portal(0, PortalState.NEEDS_ACTION);

        assertThat(InactivityClock.read(INCIDENT, facts, hour(20)).start()).contains(hour(20));
    }

    @Test
    void theOrderInWhichFactsAreRecordedMakesNoDifference() {
        long seed = Long.getLong("roombridge.seed", 4711);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            facts.clear();
            for (int i = 0; i < 12; i++) {
                any(random, i);
            }
            InactivityClock inOrder = read();
            Collections.shuffle(facts, random);
            assertThat(read())
                    .as("seed %d, round %d; replay with -Droombridge.seed=%d", seed, round, seed)
                    .isEqualTo(inOrder);
        }
    }

    private void any(Random random, int hour) {
        switch (random.nextInt(4)) {
            case 0 -> portal(hour, PortalState.values()[random.nextInt(PortalState.values().length)]);
            case 1 -> hold(hour, random.nextBoolean() ? "1" : "4");
            case 2 -> entry(hour, Activity.Kind.CUSTOMER_ENTRY);
            default -> entry(hour, Activity.Kind.SOC_ENTRY);
        }
    }

    private InactivityClock read() {
        return InactivityClock.read(INCIDENT, facts, Instant.EPOCH);
    }

    private void portal(int hour, PortalState state) {
        facts.add(Activity.portalStatus("p" + hour, hour(hour), state));
    }

    private void hold(int hour, String reason) {
        facts.add(Activity.deskState("d" + hour, false, hour(hour), INCIDENT, IncidentState.ON_HOLD, reason));
    }

    private void heldBetween(int earliest, int latest) {
        facts.add(Activity.deskState("between", false, hour(latest), INCIDENT, IncidentState.ON_HOLD, "1")
                .notBefore(hour(earliest)));
    }

    private void entry(int hour, Activity.Kind kind) {
        facts.add(Activity.entry("e" + hour, kind, hour(hour)));
    }

    private static Instant hour(int hour) {
        return T0.plusSeconds(3600L * hour);
    }
}
