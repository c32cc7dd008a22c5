package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Automation speaks often and at length: a ticket gets at most one work note of it in two minutes, and loses nothing. */
class GatheredTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";
    private static final Duration HALF = Gathered.WAIT.dividedBy(2);

    @BeforeEach
    void start() {
        bench.deliver(event().opened(1));
    }

    @Test
    void whatAutomationSaysInTwoMinutesIsOneWorkNoteInItsOrder() {
        assertThat(bench.deliver(event().remediation("r-1", "first")))
                .isEqualTo(new Outcome.Delivered(Reason.GATHERED));
        bench.pass(HALF);
        bench.deliver(event().said("m-1", "bot", "customer", "second"));
        assertThat(automation()).isEmpty();

        bench.pass(HALF);

        assertThat(automation()).singleElement().asString().containsSubsequence("first", "second");
        bench.pass(Duration.ofHours(1));
        assertThat(automation()).hasSize(1);
    }

    @Test
    void inTwoMinutesThereIsNeverASecondNote() {
        for (int i = 0; i < 60; i++) {
            bench.deliver(event().remediation("r-" + i, "output " + i + "."));
            bench.pass(Duration.ofSeconds(10));
        }
        bench.pass(Gathered.WAIT);

        List<String> notes = automation();
        assertThat(notes).hasSizeLessThanOrEqualTo(6);
        for (int i = 0; i < 60; i++) {
            String text = "output " + i + ".";
            assertThat(notes).filteredOn(note -> note.contains(text)).as(text).hasSize(1);
        }
    }

    @Test
    void aPersonsMessageStandsBelowWhatAutomationSaidBeforeIt() {
        bench.deliver(event().remediation("r-1", "said before"));
        bench.deliver(event().message("m-1", "said after"));

        assertThat(bench.journal(ROOM, SIGNAL))
                .filteredOn(entry -> entry.contains("said "))
                .satisfiesExactly(
                        entry -> assertThat(entry).contains("said before"),
                        entry -> assertThat(entry).contains("said after"));
        bench.pass(Duration.ofHours(1));
        assertThat(automation()).hasSize(1);
    }

    @Test
    void aChangeOfStatusKeepsItsPlaceAndWaitsForNothing() {
        bench.deliver(event().status(2, "needsAction", "investigating"));

        assertThat(bench.journal(ROOM, SIGNAL)).anyMatch(note -> note.contains("System Investigating"));
    }

    @Test
    void theEventThatWasGatheredIsADuplicateWhenItComesAgain() {
        bench.deliver(event().remediation("r-1", "once"));

        assertThat(bench.deliver(event().remediation("r-1", "once")))
                .isEqualTo(new Outcome.Duplicate(Reason.SAME_EVENT));
        bench.pass(Gathered.WAIT);

        assertThat(automation()).filteredOn(note -> note.contains("once")).hasSize(1);
    }

    @Test
    void aGatheredNoteWhoseAnswerIsLostIsWrittenOnceAlsoWhenMoreIsGatheredMeanwhile() {
        bench.deliver(event().remediation("r-1", "first"));
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.pass(Gathered.WAIT);
        bench.deliver(event().remediation("r-2", "second"));

        bench.pass(Duration.ofMinutes(3));
        bench.pass(Duration.ofMinutes(3));

        assertThat(automation()).filteredOn(note -> note.contains("first")).hasSize(1);
        assertThat(automation()).filteredOn(note -> note.contains("second")).hasSize(1);
    }

    @Test
    void aRefusedNoteOfAutomationIsKeptAndHoldsUpNobodysMessage() {
        bench.deliver(event().remediation("r-1", "forbidden words"));
        bench.serviceNow.switches().abortWrites("No such words", value -> value.contains("forbidden words"));

        Outcome outcome = bench.deliver(event().message("m-1", "Hello?"));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.NOTE_WRITTEN));
        assertThat(bench.store().deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.state()).isEqualTo(DeadLetter.State.KEPT);
            assertThat(letter.payload()).contains("forbidden words");
        });
    }

    @Test
    void whatWasGatheredForAnIncidentThatIsClosedMeanwhileIsKept() {
        bench.deliver(event().remediation("r-1", "too late"));
        bench.close(ROOM, SIGNAL);

        bench.pass(Gathered.WAIT);

        assertThat(bench.store().deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.TICKET_CLOSED);
            assertThat(letter.payload()).contains("too late");
        });
        assertThat(bench.outbox().unsent(10)).isEmpty();
    }

    private List<String> automation() {
        return bench.journal(ROOM, SIGNAL).stream()
                .filter(entry -> entry.contains(", bot · "))
                .toList();
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
