package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent resolves the incident of a signal that is still unhealthy: a grace, one note, and no quarrel. */
class AgentResolvesTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";
    private static final String DONE = "Solution provided";
    private static final String STILL = "still reports the signal as unhealthy";

    @BeforeEach
    void openATicket() {
        bench.deliver(event().opened(1));
    }

    @Test
    void afterTheGraceOneNoteSaysThatItIsStillUnhealthyThenThereIsQuiet() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.pass(Duration.ofHours(3));
        assertThat(notes(STILL)).isZero();

        bench.pass(Duration.ofHours(2));
        bench.pass(Duration.ofDays(3));

        assertThat(notes(STILL)).isEqualTo(1);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aSlowSignalHasALongerGrace() {
        bench.deliver(offline().opened(1));
        bench.agentResolves(ROOM, "Offline", DONE);

        bench.pass(Duration.ofHours(7));
        assertThat(bench.journal(ROOM, "Offline")).noneMatch(entry -> entry.contains(STILL));
        bench.pass(Duration.ofHours(2));

        assertThat(bench.journal(ROOM, "Offline")).anyMatch(entry -> entry.contains(STILL));
    }

    @Test
    void updatesStatusAndRepetitionsTreatItAsAgreed() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        int before = bench.journal(ROOM, SIGNAL).size();

        Outcome snapshot = bench.deliver(event().snapshot(2, "needsAction"));
        Outcome status = bench.deliver(event().needsAction(3));
        Outcome milder = bench.deliver(event().severity(4, "warning"));

        assertThat(snapshot).isEqualTo(new Outcome.Delivered(Reason.ALREADY_AGREED));
        assertThat(status).isEqualTo(new Outcome.Delivered(Reason.ALREADY_AGREED));
        assertThat(milder).isEqualTo(new Outcome.Delivered(Reason.ALREADY_AGREED));
        assertThat(bench.journal(ROOM, SIGNAL)).hasSize(before);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aHigherSeverityReopensItOnceWithItsUrgency() {
        bench.agentResolves(ROOM, SIGNAL, DONE);

        Outcome outcome = bench.deliver(event().severity(2, "critical"));
        bench.pass(Duration.ofDays(1));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_REOPENED));
        assertThat(bench.state(ROOM, SIGNAL).active()).isTrue();
        assertThat(bench.incident(ROOM, SIGNAL).field("urgency")).isEqualTo("1");
        assertThat(notes("is now called critical")).isEqualTo(1);
        assertThat(notes(STILL)).isZero();
    }

    @Test
    void aReopeningWhoseAnswerNeverCameIsDoneOnce() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.once(Fault.timeoutAfterCommit(), "PATCH");

        bench.deliver(event().severity(2, "critical"));

        assertThat(notes("is now called critical")).isEqualTo(1);
        assertThat(bench.state(ROOM, SIGNAL).active()).isTrue();
    }

    @Test
    void aHigherSeverityOfAClosedIncidentNeedsANewEpisode() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.serviceNow.desk().as("admin").close(bench.incident(ROOM, SIGNAL).sysId());

        bench.deliver(event().severity(2, "critical"));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);

        bench.deliver(event().severityOf("critical").reopened(3, 2));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(2);
    }

    @Test
    void aHigherOccurrenceReopensIt() {
        bench.agentResolves(ROOM, SIGNAL, DONE);

        assertThat(bench.deliver(event().reopened(2, 2))).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_REOPENED));
    }

    @Test
    void aRelapseInsideTheHoldDownOfAResolvedIncidentIsSeen() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.deliver(event().resolved(2));

        assertThat(bench.deliver(event().reopened(3, 2))).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_REOPENED));
    }

    @Test
    void theSignalThatHealsInTheGraceNeedsNoNote() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.deliver(event().resolved(2));

        bench.pass(Duration.ofHours(9));

        assertThat(notes(STILL)).isZero();
        assertThat(bench.ticket(ROOM, SIGNAL).appointments()).isEmpty();
    }

    @Test
    void anIncidentThatAPersonReopenedInTheGraceGetsNoNote() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .reopen(bench.incident(ROOM, SIGNAL).sysId());

        bench.pass(Duration.ofHours(9));

        assertThat(notes(STILL)).isZero();
    }

    @Test
    void aCodeThatAsksForQuietIsQuietUntilTheSignalWasHealthyOnce() {
        bench.agentResolves(ROOM, SIGNAL, "Duplicate");
        bench.deliver(event().reopened(2, 2));
        bench.deliver(event().occurrence(2).severity(3, "critical"));
        bench.pass(Duration.ofDays(1));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(notes(STILL)).isZero();

        bench.deliver(event().occurrence(2).resolved(4));
        bench.pass(Duration.ofMinutes(20));
        bench.deliver(event().reopened(5, 3));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void theGraceStandsStillWhileTheSignalIsSuppressed() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.deliver(RoomEvent.ofSignal("suppressed", ROOM, SIGNAL, bench.clock.instant()));
        bench.pass(Duration.ofHours(9));
        bench.pass(Duration.ofHours(9));
        assertThat(notes(STILL)).isZero();

        bench.deliver(RoomEvent.ofSignal("unsuppressed", ROOM, SIGNAL, bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));
        bench.pass(Duration.ofHours(5));

        assertThat(notes(STILL)).isEqualTo(1);
    }

    @Test
    void theNoteIsWrittenOnceThoughItsAnswerNeverCame() {
        bench.agentResolves(ROOM, SIGNAL, DONE);
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.pass(Duration.ofHours(5));
        bench.restart();

        bench.pass(Duration.ofMinutes(5));
        bench.pass(Duration.ofMinutes(5));

        assertThat(notes(STILL)).isEqualTo(1);
    }

    private long notes(String text) {
        return bench.journal(ROOM, SIGNAL).stream()
                .filter(entry -> entry.contains(text))
                .count();
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }

    private PortalEvent offline() {
        return PortalEvent.of(ROOM, "Offline").at(bench.clock.instant());
    }
}
