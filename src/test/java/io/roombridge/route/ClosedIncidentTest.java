package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.PortalOutbox.Unsent;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A closed incident answers 200 to a comment and drops it: what a person wrote is not lost, and they are told. */
class ClosedIncidentTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";

    @Test
    void thanksOnAClosedIncidentAreKeptAndThePortalIsToldOnce() {
        Incident closed = healthyAndClosed();

        Outcome outcome = bench.deliver(event().message("m-1", "Thank you!"));
        bench.deliver(event().message("m-1", "Thank you!"));

        assertThat(outcome.reason()).isEqualTo(Reason.TICKET_CLOSED);
        assertThat(bench.store().deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.state()).isEqualTo(DeadLetter.State.KEPT));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(told())
                .singleElement()
                .satisfies(command -> assertThat(command.command().body())
                        .contains(closed.number())
                        .contains("message-add"));
    }

    @Test
    void theNextMessageIsNotParkedBehindIt() {
        healthyAndClosed();
        bench.deliver(event().message("m-1", "Thank you!"));

        assertThat(bench.deliver(event().message("m-2", "And goodbye")).reason())
                .isEqualTo(Reason.TICKET_CLOSED);
        assertThat(told()).hasSize(2);
    }

    @Test
    void aMessageForAnUnhealthySignalIsCarriedByAFollowUp() {
        Incident closed = unhealthyAndClosed();

        Outcome outcome = bench.deliver(event().message("m-1", "It still flickers"));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.NOTE_WRITTEN));
        assertCarriedOnce(closed, "It still flickers");
    }

    @Test
    void aMessageForARecordedIssueIsCarriedByAFollowUpThoughNothingIsUnhealthy() {
        bench.deliver(event().recorded().opened(1));
        bench.deliver(event().recorded().resolved(2));
        bench.pass(Duration.ofMinutes(1));
        Ticket ticket = recordedIssue();
        bench.serviceNow.desk().as("admin").close(ticket.current().orElseThrow().sysId());

        bench.deliver(event().recorded().message("m-1", "It happened again"));

        assertThat(recordedIssue().chain()).hasSize(2);
        assertThat(bench.entries(recordedIssue(), "comments"))
                .singleElement()
                .asString()
                .contains("happened again");
        assertThat(told()).hasSize(1);
    }

    @Test
    void anInstanceThatKeepsCommentsOnClosedIncidentsGetsNoFollowUp() {
        unhealthyAndClosed();
        bench.serviceNow.switches().journalOnClosedDropped(false);

        Outcome outcome = bench.deliver(event().message("m-1", "It still flickers"));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.NOTE_WRITTEN));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void theFollowUpIsOneWhateverAnswerIsLost() {
        for (Fault fault : List.of(Fault.timeoutAfterCommit(), Fault.timeoutBeforeCommit())) {
            for (String method : List.of("PATCH", "POST")) {
                String room = "room-" + method + fault.toString().replaceAll("[^a-z]", "");
                bench.deliver(of(room).opened(1));
                bench.close(room, SIGNAL);
                bench.once(fault, method);

                bench.deliver(of(room).message("m-" + room, "It still flickers"));

                assertThat(bench.ticket(room, SIGNAL).chain()).as(room).hasSize(2);
                assertThat(bench.entries(bench.ticket(room, SIGNAL), "comments"))
                        .as(room)
                        .hasSize(1);
            }
        }
        assertThat(told()).hasSize(4);
    }

    @Test
    void aCanceledIncidentDoesNotComeBackForAMessage() {
        bench.deliver(event().opened(1));
        bench.serviceNow.desk().as("admin").cancel(bench.incident(ROOM, SIGNAL).sysId(), "Canceled by caller");

        Outcome outcome = bench.deliver(event().message("m-1", "Why?"));

        assertThat(outcome.reason()).isEqualTo(Reason.TICKET_CLOSED);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(told()).hasSize(1);
    }

    @Test
    void withoutCommandsTheMessageIsKeptAllTheSameAndNothingIsQueued() {
        bench.commandsOff();
        healthyAndClosed();

        assertThat(bench.deliver(event().message("m-1", "Thank you!")).reason()).isEqualTo(Reason.TICKET_CLOSED);

        assertThat(bench.store().deadLetters()).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void automationIsToldNothing() {
        healthyAndClosed();
        bench.deliver(event().said("m-1", "bot", "customer", "All good"));
        bench.pass(Gathered.WAIT);

        assertThat(told()).isEmpty();
    }

    private void assertCarriedOnce(Incident closed, String text) {
        Incident next = bench.incident(ROOM, SIGNAL);
        assertThat(next.field("parent")).isEqualTo(closed.sysId());
        assertThat(next.correlationId()).isEqualTo(closed.correlationId());
        assertThat(bench.serviceNow.desk().journal(next.sysId()))
                .extracting(JournalEntry::value)
                .filteredOn(entry -> entry.contains(text))
                .hasSize(1);
        assertThat(told())
                .singleElement()
                .satisfies(command -> assertThat(command.command().body())
                        .contains(closed.number())
                        .contains(next.number()));
    }

    private List<Unsent> told() {
        return bench.outbox().unsent(100);
    }

    private Incident unhealthyAndClosed() {
        bench.deliver(event().opened(1));
        Incident incident = bench.incident(ROOM, SIGNAL);
        bench.close(ROOM, SIGNAL);
        return incident;
    }

    private Incident healthyAndClosed() {
        bench.deliver(event().opened(1));
        bench.deliver(event().resolved(2));
        bench.pass(Duration.ofMinutes(20));
        Incident incident = bench.incident(ROOM, SIGNAL);
        bench.close(ROOM, SIGNAL);
        return incident;
    }

    private Ticket recordedIssue() {
        return bench.store()
                .ticket("contoso", "main", new TicketKey.RecordedIssue("contoso", "T-" + ROOM).id())
                .orElseThrow();
    }

    private PortalEvent event() {
        return of(ROOM);
    }

    private PortalEvent of(String room) {
        return PortalEvent.of(room, SIGNAL).at(bench.clock.instant());
    }
}
