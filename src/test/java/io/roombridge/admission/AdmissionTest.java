package io.roombridge.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.Changes;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.Sight;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Instant BEFORE_ALL = Instant.EPOCH;
    private static final Change OPENED = Changes.opened(1);

    @Test
    void anUnhealthySignalIsAdmitted() {
        assertThat(Admission.holdBack(OPENED, RoomFacts.NONE, BEFORE_ALL)).isEmpty();
    }

    @Test
    void eachStatementAboutTheRoomHoldsItBackWithItsReason() {
        Optional<Instant> since = Optional.of(Changes.MORNING);
        Optional<Instant> never = Optional.empty();
        Sight lost = new Sight(since, never);
        assertThat(judge(facts(since, false, false, never, Sight.CLEAR))).contains(Reason.SUPPRESSED);
        assertThat(judge(facts(never, true, false, never, Sight.CLEAR))).contains(Reason.ONBOARDING);
        assertThat(judge(facts(never, false, true, never, Sight.CLEAR))).contains(Reason.SIGNAL_DISABLED);
        assertThat(judge(facts(never, false, false, since, Sight.CLEAR))).contains(Reason.UNENROLLED);
        assertThat(judge(facts(never, false, false, never, lost))).isEmpty();
        assertThat(judge(facts(never, false, false, never, lost).absorbing())).contains(Reason.OFFLINE);
    }

    private static RoomFacts facts(
            Optional<Instant> suppressed, boolean onboarding, boolean off, Optional<Instant> unenrolled, Sight online) {
        return new RoomFacts(
                suppressed,
                Optional.empty(),
                Optional.empty(),
                onboarding,
                off,
                unenrolled,
                online,
                Sight.CLEAR,
                false);
    }

    @Test
    void aRecommendationIsNoReasonForAnIncident() {
        Change recommended = Changes.change(Kind.TICKET_OPENED, 1, PortalState.NEEDS_ACTION, Severity.RECOMMENDED, 1);

        assertThat(Admission.holdBack(recommended, RoomFacts.NONE, BEFORE_ALL)).contains(Reason.RECOMMENDED_ONLY);
    }

    @Test
    void aWatchedSignalIsNotUnhealthyYet() {
        Change watching = Changes.change(Kind.TICKET_UPDATED, 1, PortalState.WATCHING, Severity.IMPORTANT, 1);

        assertThat(Admission.holdBack(watching, RoomFacts.NONE, BEFORE_ALL)).contains(Reason.NOT_UNHEALTHY);
    }

    @Test
    void whatWasOpenedAndHealedBeforeTheActivationCreatesNothing() {
        Change healed = Changes.resolved(2);

        assertThat(Admission.holdBack(healed, RoomFacts.NONE, healed.at().plusSeconds(1)))
                .contains(Reason.BEFORE_ACTIVATION);
        assertThat(Admission.holdBack(healed, RoomFacts.NONE, Changes.MORNING)).isEmpty();
    }

    @Test
    void whatIsStillOpenAtTheActivationIsTakenOver() {
        assertThat(Admission.holdBack(OPENED, RoomFacts.NONE, OPENED.at().plusSeconds(86_400)))
                .isEmpty();
    }

    private static Optional<Reason> judge(RoomFacts facts) {
        return Admission.holdBack(OPENED, facts, BEFORE_ALL);
    }
}
