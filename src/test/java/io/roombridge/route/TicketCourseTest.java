package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The courses a ticket can take where people, policies and deletions stand in the way. */
class TicketCourseTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";

    @Test
    void aRelapseReopensTheSameIncident() {
        openAndRecover();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);

        Outcome outcome = bench.deliver(event().reopened(3, 2));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_REOPENED));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aRelapseAfterTheIncidentWasClosedGetsAFollowUpWithTheSameId() {
        openAndRecover();
        Incident closed = bench.incident(ROOM, SIGNAL);
        bench.serviceNow.desk().as("admin").close(closed.sysId());

        Outcome outcome = bench.deliver(event().reopened(3, 2));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.FOLLOW_UP_CREATED));
        Incident next = bench.incident(ROOM, SIGNAL);
        assertThat(next.field("parent")).isEqualTo(closed.sysId());
        assertThat(next.correlationId()).isEqualTo(closed.correlationId());
    }

    @Test
    void aPersonsIncidentIsNotResolvedButToldOf() {
        bench.deliver(event().opened(1));
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .workNote(bench.incident(ROOM, SIGNAL).sysId(), "I am on it");

        bench.deliver(event().resolved(2));
        bench.pass(Duration.ofMinutes(20));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(bench.journal(ROOM, SIGNAL)).anyMatch(entry -> entry.contains("The signal is healthy again since"));
    }

    @Test
    void aDeletedIncidentIsNotMadeAgainBeforeTheNextEpisode() {
        bench.deliver(event().opened(1));
        bench.serviceNow.desk().as("admin").delete(bench.incident(ROOM, SIGNAL).sysId());

        bench.deliver(event().severity(2, "critical"));
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();

        bench.deliver(event().resolved(3));
        bench.pass(Duration.ofMinutes(20));
        bench.deliver(event().reopened(4, 2));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void aMessageForADeletedIncidentIsKeptAndHoldsUpNothing() {
        bench.deliver(event().opened(1));
        bench.serviceNow.desk().as("admin").delete(bench.incident(ROOM, SIGNAL).sysId());

        Outcome outcome = bench.deliver(event().message("m-1", "Hello?"));

        assertThat(outcome.label()).isEqualTo("dead");
        assertThat(bench.store().deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.state()).isEqualTo(DeadLetter.State.KEPT));
        assertThat(bench.deliver(event().resolved(2))).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aCommentOnAClosedIncidentIsKeptBecauseServiceNowDropsIt() {
        openAndRecover();
        bench.serviceNow.desk().as("admin").close(bench.incident(ROOM, SIGNAL).sysId());

        Outcome outcome = bench.deliver(event().message("m-1", "It still flickers"));

        assertThat(outcome.reason()).isEqualTo(Reason.TICKET_CLOSED);
        assertThat(bench.store().deadLetters()).hasSize(1);
    }

    @Test
    void aRefusedCreateIsADeadLetterWithTheInstancesWordsAndParksWhatFollows() {
        bench.serviceNow.switches().mandatoryOnInsert().add("business_service");

        Outcome first = bench.deliver(event().opened(1));
        Outcome second = bench.deliver(event().message("m-1", "Hello?"));

        assertThat(first.reason()).isEqualTo(Reason.REFUSED_BY_POLICY);
        assertThat(second).isEqualTo(new Outcome.Parked(Reason.BEHIND_DEAD));
        assertThat(bench.store().deadLetters())
                .extracting(DeadLetter::state)
                .containsExactly(DeadLetter.State.DEAD, DeadLetter.State.PARKED);
        assertThat(bench.store().deadLetters().get(0).detail()).contains("mandatory");
    }

    @Test
    void aRefusedRelapseKeepsTheIncidentFromBeingResolved() {
        bench.deliver(event().opened(1));
        bench.deliver(event().resolved(2));
        bench.once(
                Fault.forbidden("Operation Failed", "ACL Exception Update Failed due to security constraints"),
                "PATCH");

        Outcome outcome = bench.deliver(event().severityOf("critical").reopened(3, 2));
        bench.pass(Duration.ofMinutes(20));

        assertThat(outcome.label()).isEqualTo("dead");
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aRefusedRecoveryDoesNotStandInTheWayOfOthers() {
        bench.deliver(event().opened(1));
        bench.deliver(PortalEvent.of("room-13", SIGNAL).opened(1));
        bench.deliver(event().resolved(2));
        bench.deliver(PortalEvent.of("room-13", SIGNAL).resolved(2));
        bench.once(
                Fault.forbidden("Operation Failed", "ACL Exception Update Failed due to security constraints"),
                "PATCH");

        bench.pass(Duration.ofMinutes(20));

        assertThat(List.of(bench.state(ROOM, SIGNAL), bench.state("room-13", SIGNAL)))
                .containsExactlyInAnyOrder(IncidentState.NEW, IncidentState.RESOLVED);
        assertThat(bench.store().deadLetters()).hasSize(1);
    }

    private void openAndRecover() {
        bench.deliver(event().opened(1));
        bench.deliver(event().resolved(2));
        bench.pass(Duration.ofMinutes(20));
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
