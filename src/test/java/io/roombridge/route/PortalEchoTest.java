package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Commit;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket.Condition;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the bridge told the portal comes back as an event, and goes nowhere; what people make of it goes everywhere. */
class PortalEchoTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";
    private static final String SYS_ID = "9d385017c611228701d22104cc95c371";
    private static final Outcome ECHO = new Outcome.Echo(Reason.OWN_WRITE);

    @BeforeEach
    void start() {
        bench.deliver(event().opened(1));
    }

    @Test
    void aMessageOfTheBridgeThatComesBackIsNotWrittenAndItsCommandIsConfirmed() {
        String id = decide(Commands.journal("main", SYS_ID, 1), new Request.MessageAdd("Hi", true, Optional.empty()));
        int entries = bench.journal(ROOM, SIGNAL).size();

        Outcome outcome =
                bench.deliver(event().said("m-1", "bridge", "customer", "Hi").causedBy(id));

        assertThat(outcome).isEqualTo(ECHO);
        assertThat(bench.journal(ROOM, SIGNAL)).hasSize(entries);
        assertThat(bench.confirmed(id)).isTrue();
    }

    @Test
    void itIsKnownByItsFormWhenTheStoreWasLost() {
        Outcome outcome = bench.deliver(
                event().said("m-1", "bridge", "customer", "Hi").causedBy(Commands.journal("main", SYS_ID, 1)));

        assertThat(outcome).isEqualTo(ECHO);
    }

    @Test
    void thatFormAloneMakesNoPersonsMessageAnEcho() {
        Outcome outcome = bench.deliver(event().said("m-1", "customer", "customer", "Hi yourself")
                .causedBy(Commands.journal("main", SYS_ID, 1)));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.NOTE_WRITTEN));
    }

    @Test
    void aPersonsReplyThatQuotesTheBridgeIsWritten() {
        decide(Commands.journal("main", SYS_ID, 1), new Request.MessageAdd("Hi", true, Optional.empty()));

        Outcome outcome = bench.deliver(event().message("m-2", "> Hi\n\nref rb-0123456789abcdef\nNo.")
                .inReplyTo(Commands.journal("main", SYS_ID, 1)));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.NOTE_WRITTEN));
    }

    @Test
    void aFileOfTheBridgeThatComesBackIsAnEchoAndAFreshAddressOfAPersonsFileIsNone() {
        String file = decide(
                Commands.file("main", SYS_ID),
                new Request.AttachmentAdd("a.png", "image/png", 1, "0".repeat(64), "https://example.com/a"));
        String url = decide("rb-url-main-a-2-1", new Request.AttachmentUrl("a-2"));

        assertThat(bench.deliver(event().file("a-1").causedBy(file))).isEqualTo(ECHO);
        assertThat(bench.deliver(event().file("a-2").causedBy(url))).isNotEqualTo(ECHO);
    }

    @Test
    void thePortalsAnswerToACommandWithoutTextIsNews() {
        String link = decide(Commands.link("main", SYS_ID), new Request.LinkSnow("INC1", "https://example.com"));

        bench.deliver(event().said("m-1", "service", "internal", "The ticket takes no link")
                .causedBy(link));
        bench.pass(Gathered.WAIT);

        assertThat(bench.journal(ROOM, SIGNAL)).anyMatch(note -> note.contains("The ticket takes no link"));
    }

    @Test
    void aClosingTheBridgeAskedForIsAppliedAndWritesNothing() {
        String close = decide(Commands.state("main", SYS_ID, 3), new Request.Close("Done", Optional.empty()));
        bench.serviceNow.requests().clear();

        Outcome outcome = bench.deliver(event().resolved(2).causedBy(close));
        bench.pass(Duration.ofHours(1));

        assertThat(outcome).isEqualTo(ECHO);
        assertThat(bench.ticket(ROOM, SIGNAL).condition()).isEqualTo(Condition.HEALTHY);
        assertThat(bench.ticket(ROOM, SIGNAL).appliedSequence()).hasValue(2);
        assertThat(bench.serviceNow.requests().all()).isEmpty();
        assertThat(bench.deliver(event().reopened(3, 2))).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aStatusTheBridgeAskedForLeavesNoNote() {
        String ack = decide(Commands.state("main", SYS_ID, 1), new Request.Ack(Optional.empty(), Optional.empty()));
        int entries = bench.journal(ROOM, SIGNAL).size();

        Outcome outcome =
                bench.deliver(event().status(2, "needsAction", "investigating").causedBy(ack));

        assertThat(outcome).isEqualTo(ECHO);
        assertThat(bench.journal(ROOM, SIGNAL)).hasSize(entries);
        assertThat(bench.ticket(ROOM, SIGNAL).appliedSequence()).hasValue(2);
    }

    @Test
    void aSignalThatTurnsUnhealthyIsThePortalsOwnWordWhateverCausedTheEvent() {
        bench.deliver(event().resolved(2));
        bench.pass(Duration.ofMinutes(20));
        String id = decide("rb-unsuppress-main-1", new Request.Unsuppress(Optional.empty()));

        bench.deliver(event().reopened(3, 2).causedBy(id));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    private String decide(String id, Request request) {
        Commands commands = new Commands(true, bench.clock);
        bench.store().commit(new Commit().commands(commands.about(bench.ticket(ROOM, SIGNAL), id, request)));
        return id;
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
