package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.correlation.Intent;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * "The call failed" can mean "the call worked": whatever happens between the bridge and the instance, a ticket gets one
 * incident and each note once.
 */
class AmbiguousWriteTest extends OnBench {

    private static final PortalEvent SIGNAL = PortalEvent.of("room-12", "Display");

    @Test
    void aCreateThatTimedOutAfterTheCommitMakesNoSecondIncident() {
        bench.once(Fault.timeoutAfterCommit(), "POST");

        Outcome outcome = bench.deliver(SIGNAL.opened(1));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_CREATED));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void aCreateThatTimedOutBeforeTheCommitIsRepeated() {
        bench.once(Fault.timeoutBeforeCommit(), "POST");

        bench.deliver(SIGNAL.opened(1));

        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void aCreateThatTheServerCommitsUpToAMinuteLateMakesNoSecondIncident() {
        bench.once(Fault.lateCommit(Duration.ofSeconds(60)), "POST");

        bench.deliver(SIGNAL.opened(1));

        // Long enough for whatever was committed late to be seen.
        bench.machine.advance(Duration.ofMinutes(2));
        bench.serviceNow.tick();
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void nothingIsWrittenToATicketWhileAWriteOfItMayStillBeUnderWay() {
        bench.once(Fault.timeoutAfterCommit(), "POST");
        catchThrowableOfType(RetryLater.class, () -> bench.attempt(SIGNAL.opened(1)));
        bench.serviceNow.requests().clear();
        bench.machine.advance(Intent.SETTLE_AFTER.minusSeconds(1));

        RetryLater later = catchThrowableOfType(RetryLater.class, () -> bench.attempt(SIGNAL.opened(1)));

        assertThat(later.reason()).isEqualTo(Reason.BUSY);
        assertThat(bench.serviceNow.requests().all()).isEmpty();
    }

    @Test
    void aCrashBetweenTheWriteAndItsRecordMakesNoSecondIncident() {
        bench.upToRecord(SIGNAL.opened(1));
        bench.restart();

        Outcome outcome = bench.deliver(SIGNAL.opened(1));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_CREATED));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.ticket("room-12", "Display").chain()).hasSize(1);
    }

    @Test
    void aCrashAfterAResolutionIsRecordedWhenTheSignalRelapsesFirst() {
        bench.deliver(SIGNAL.opened(1));
        bench.deliver(PortalEvent.of("room-12", "Display").resolved(2).at(bench.clock.instant()));
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.pass(Duration.ofMinutes(20));
        bench.machine.advance(Duration.ofMinutes(2));

        bench.deliver(PortalEvent.of("room-12", "Display").reopened(3, 2).at(bench.clock.instant()));

        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.state("room-12", "Display")).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aNoteWhoseAnswerNeverCameIsWrittenOnce() {
        bench.deliver(SIGNAL.opened(1));
        bench.once(Fault.timeoutAfterCommit(), "PATCH");

        bench.deliver(PortalEvent.of("room-12", "Display").message("m-1", "Is anybody there?"));

        assertThat(bench.journal("room-12", "Display"))
                .filteredOn(entry -> entry.contains("Is anybody there?"))
                .hasSize(1);
    }

    @Test
    void aMessageThatHadToMakeItsIncidentFirstIsWrittenOnceWhateverHappensInBetween() {
        for (Fault fault :
                List.of(Fault.rateLimited(Duration.ofSeconds(1)), Fault.timeoutAfterCommit(), Fault.accepted())) {
            String room = "room-" + fault.toString().replace(' ', '-');
            bench.once(fault, "PATCH");

            bench.deliver(PortalEvent.of(room, "Camera").message("m-" + room, "The picture is green"));

            assertThat(bench.serviceNow
                            .desk()
                            .correlatedTo(bench.ticket(room, "Camera").id().value()))
                    .hasSize(1);
            assertThat(bench.journal(room, "Camera"))
                    .as("after %s", fault)
                    .filteredOn(entry -> entry.contains("The picture is green"))
                    .hasSize(1);
        }
    }

    @Test
    void aSeverityThatRoseBeforeTheAnswerWasLostMayRiseAgain() {
        bench.deliver(PortalEvent.of("room-3", "Camera").severity(1, "warning"));
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.deliver(PortalEvent.of("room-3", "Camera").severity(2, "important"));

        bench.deliver(PortalEvent.of("room-3", "Camera").severity(3, "critical"));

        assertThat(bench.incident("room-3", "Camera").field("urgency")).isEqualTo("1");
    }

    @Test
    void inTheSteadyStateANewTicketCostsOneCall() {
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
        bench.serviceNow.requests().clear();

        bench.deliver(PortalEvent.of("room-2", "Camera").opened(1));

        assertThat(bench.serviceNow.requests().all()).hasSize(1);
    }
}
