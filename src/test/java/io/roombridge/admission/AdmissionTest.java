package io.roombridge.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.Changes;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Severity;
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
        assertThat(judge(new RoomFacts(true, false, false, false))).contains(Reason.SUPPRESSED);
        assertThat(judge(new RoomFacts(false, true, false, false))).contains(Reason.SUPPRESSED);
        assertThat(judge(new RoomFacts(false, false, true, false))).contains(Reason.ONBOARDING);
        assertThat(judge(new RoomFacts(false, false, false, true))).contains(Reason.SIGNAL_DISABLED);
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
