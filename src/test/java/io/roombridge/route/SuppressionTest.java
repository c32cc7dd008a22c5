package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ticket that is suppressed while its incident is open: one note, then quiet, and one look when it is heard again. */
class SuppressionTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";
    private static final String SUPPRESSED = "Suppressed in the Teams Rooms portal";
    private static final String HEARD = "No longer suppressed";

    @BeforeEach
    void openATicket() {
        bench.deliver(event().opened(1));
    }

    @Test
    void aSuppressionIsNotedOnceHoweverOftenItIsStated() {
        suppress();
        suppress();
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(RoomEvent.ofSignal("suppressed", ROOM, SIGNAL, bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));

        assertThat(notes(SUPPRESSED)).isEqualTo(1);
    }

    @Test
    void nothingButMessagesOfPeopleIsWrittenWhileItLasts() {
        suppress();
        bench.pass(Duration.ofMinutes(1));
        int before = bench.journal(ROOM, SIGNAL).size();

        Outcome severity =
                bench.deliver(event().titled("Camera 2 is not detected").severity(2, "critical"));
        Outcome bot =
                bench.deliver(event().message("m-bot", "Diagnosis: no camera").ofBot());
        bench.deliver(event().message("m-1", "Please leave it, the room is rebuilt"));

        assertThat(List.of(severity, bot)).containsOnly(new Outcome.Ignored(Reason.SUPPRESSED));
        assertThat(bench.journal(ROOM, SIGNAL)).hasSize(before + 1);
        assertThat(bench.incident(ROOM, SIGNAL).field("urgency")).isEqualTo("2");
    }

    @Test
    void aHoldDownThatWasRunningStandsStill() {
        bench.deliver(event().resolved(2));
        suppress();

        bench.pass(Duration.ofHours(3));
        bench.pass(Duration.ofHours(3));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void whatHealedMeanwhileHasToHoldFromTheMomentItIsHeardAgain() {
        suppress();
        bench.deliver(event().resolved(2));
        bench.pass(Duration.ofHours(3));
        unsuppress();
        bench.pass(Duration.ofMinutes(1));
        bench.pass(Duration.ofMinutes(13));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);

        bench.pass(Duration.ofMinutes(3));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(notes(HEARD)).isEqualTo(1);
    }

    @Test
    void whatDiffersWhenItIsHeardAgainIsAppliedOnceWithOneNote() {
        suppress();
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(event().severity(2, "critical"));
        bench.deliver(event().titled("Camera 2 is not detected").severity(3, "critical"));
        unsuppress();
        bench.pass(Duration.ofMinutes(1));
        unsuppress();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.incident(ROOM, SIGNAL).field("urgency")).isEqualTo("1");
        assertThat(bench.incident(ROOM, SIGNAL).field("short_description")).contains("Camera 2");
        assertThat(notes(HEARD)).isEqualTo(1);
    }

    @Test
    void aRelapseOfAResolvedSignalIsSeenWhenItIsHeardAgain() {
        bench.deliver(event().resolved(2));
        bench.pass(Duration.ofMinutes(20));
        suppress();
        Outcome relapse = bench.deliver(event().reopened(3, 2));
        assertThat(relapse).isEqualTo(new Outcome.Ignored(Reason.SUPPRESSED));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);

        unsuppress();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aWholeDeviceIsSuppressedWithAllItsSignals() {
        bench.deliver(PortalEvent.of(ROOM, "Display").at(bench.clock.instant()).opened(1));

        bench.deliver(RoomEvent.ofDevice("suppressed", ROOM, bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));

        assertThat(notes(SUPPRESSED)).isEqualTo(1);
        assertThat(bench.journal(ROOM, "Display")).anyMatch(entry -> entry.contains(SUPPRESSED));
    }

    @Test
    void aSuppressionWithAnEndLapsesByItself() {
        Instant end = bench.clock.instant().plus(Duration.ofHours(2));
        bench.deliver(RoomEvent.ofSignal("suppressed", ROOM, SIGNAL, bench.clock.instant())
                .until(end));
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(event().severity(2, "critical"));
        assertThat(bench.ticket(ROOM, SIGNAL).appointments()).containsEntry(Appointment.SUPPRESSION, end);

        bench.pass(Duration.ofHours(2));

        assertThat(bench.incident(ROOM, SIGNAL).field("urgency")).isEqualTo("1");
        assertThat(notes(HEARD)).isEqualTo(1);
    }

    @Test
    void aTicketHeldBackByASuppressionWithAnEndGetsItsIncidentThen() {
        Instant end = bench.clock.instant().plus(Duration.ofHours(2));
        bench.deliver(RoomEvent.ofSignal("suppressed", "room-13", SIGNAL, bench.clock.instant())
                .until(end));
        bench.deliver(
                PortalEvent.of("room-13", SIGNAL).at(bench.clock.instant()).opened(1));
        assertThat(bench.ticket("room-13", SIGNAL).chain()).isEmpty();

        bench.pass(Duration.ofHours(2));

        assertThat(bench.ticket("room-13", SIGNAL).chain()).hasSize(1);
    }

    @Test
    void thePortalsFlagInATicketSuppressesUntilALaterStatementLiftsIt() {
        bench.deliver(event().suppressed().severity(2, "critical"));
        bench.pass(Duration.ofMinutes(1));
        assertThat(notes(SUPPRESSED)).isEqualTo(1);
        assertThat(bench.incident(ROOM, SIGNAL).field("urgency")).isEqualTo("2");

        unsuppress();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.incident(ROOM, SIGNAL).field("urgency")).isEqualTo("1");
    }

    /** The statements count by their own time, so every order of delivery ends in the same. */
    @Test
    void everyOrderOfTheSameStatementsEndsInTheSame() {
        long seed = Long.getLong("roombridge.seed", 20261121L);
        Instant start = bench.clock.instant();
        List<RoomEvent> statements = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statements.add(RoomEvent.ofSignal("suppressed", ROOM, SIGNAL, start.plusSeconds(20L * i)));
            statements.add(RoomEvent.ofSignal("unsuppressed", ROOM, SIGNAL, start.plusSeconds(20L * i + 10)));
        }
        statements.add(RoomEvent.ofSignal("suppressed", ROOM, SIGNAL, start.plusSeconds(100)));
        statements.addAll(statements.subList(0, 4));
        Collections.shuffle(statements, new Random(seed));

        statements.forEach(bench::deliver);
        bench.pass(Duration.ofMinutes(2));
        bench.pass(Duration.ofMinutes(2));

        assertThat(notes(SUPPRESSED))
                .as("replay with -Droombridge.seed=%d", seed)
                .isEqualTo(1);
        assertThat(notes(HEARD)).as("replay with -Droombridge.seed=%d", seed).isZero();
        assertThat(bench.ticket(ROOM, SIGNAL).silence()).isPresent();
    }

    @Test
    void theNoteIsWrittenOnceThoughItsAnswerNeverCame() {
        suppress();
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.pass(Duration.ofMinutes(1));
        bench.restart();

        bench.pass(Duration.ofMinutes(2));
        bench.pass(Duration.ofMinutes(2));

        assertThat(notes(SUPPRESSED)).isEqualTo(1);
        assertThat(bench.ticket(ROOM, SIGNAL).appointments()).isEmpty();
    }

    @Test
    void whatIsAppliedWhenItIsHeardAgainIsAppliedOnceThoughTheAnswerNeverCame() {
        suppress();
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(event().severity(2, "critical"));
        unsuppress();
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.pass(Duration.ofMinutes(1));
        bench.restart();

        bench.pass(Duration.ofMinutes(2));
        bench.deliver(event().titled("Camera 2 is not detected").severity(3, "critical"));

        assertThat(notes(HEARD)).isEqualTo(1);
        assertThat(bench.ticket(ROOM, SIGNAL).silence()).isEmpty();
        assertThat(bench.incident(ROOM, SIGNAL).field("short_description")).contains("Camera 2");
    }

    @Test
    void aStatementThatWasCutOffBeforeItsRecordIsRepeatedWithoutHarm() {
        bench.upToRecord(RoomEvent.ofSignal("suppressed", ROOM, SIGNAL, bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));
        bench.restart();

        suppress();
        bench.pass(Duration.ofMinutes(1));

        assertThat(notes(SUPPRESSED)).isEqualTo(1);
    }

    private void suppress() {
        bench.deliver(RoomEvent.ofSignal("suppressed", ROOM, SIGNAL, bench.clock.instant()));
    }

    private void unsuppress() {
        bench.deliver(RoomEvent.ofSignal("unsuppressed", ROOM, SIGNAL, bench.clock.instant()));
    }

    private long notes(String text) {
        return bench.journal(ROOM, SIGNAL).stream()
                .filter(entry -> entry.contains(text))
                .count();
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
