package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a rebuild the hub tells the past again; it is not written over the present, and what is new is applied once. */
class RebuiltStatesTest {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    @TempDir
    Path directory;

    private final List<OutgoingCommand> hub = new ArrayList<>();
    private final List<PortalEvent> past = new ArrayList<>();
    private Bench bench;

    @BeforeEach
    void aTicketThatRecovered() {
        bench = new Bench(directory);
        // One time for both sides: it is decided by which of two things came first.
        bench.machine.advance(Duration.between(bench.machine.instant(), bench.clock.instant()));
        happened(now().opened(1));
        bench.poll(hub::add);
        happened(now().resolved(2));
        bench.settleAppointments();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void statesOfThePastAreNotWrittenAgain() {
        happened(now().reopened(3, 2));
        happened(now().occurrence(2).resolved(4));
        bench.settleAppointments();
        List<String> journal = bench.journal(ROOM, SIGNAL);
        rebuilt();
        List<Outcome> outcomes = past.stream().map(bench::deliver).toList();
        caughtUp();

        assertThat(outcomes).allMatch(outcome -> outcome.reason() == Reason.CATCHING_UP);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(bench.journal(ROOM, SIGNAL)).isEqualTo(journal);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.ticket(ROOM, SIGNAL).rebuilt()).isEmpty();
    }

    @Test
    void aRelapseThatHappenedMeanwhileIsAppliedOnce() {
        int before = bench.journal(ROOM, SIGNAL).size();
        bench.pass(Duration.ofHours(1));
        PortalEvent relapse = now().reopened(3, 2);
        rebuilt();
        past.forEach(bench::deliver);
        bench.deliver(relapse);
        assertThat(bench.state(ROOM, SIGNAL)).as("before the hub is read").isEqualTo(IncidentState.RESOLVED);
        caughtUp();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(bench.journal(ROOM, SIGNAL)).hasSize(before + 1);
    }

    @Test
    void aClosedIncidentIsFollowedUpByARelapseOnly() {
        bench.serviceNow.desk().as("admin").close(bench.incident(ROOM, SIGNAL).sysId());
        bench.pass(Duration.ofHours(1));
        rebuilt();
        past.forEach(bench::deliver);
        caughtUp();
        assertThat(bench.serviceNow.desk().incidents()).as("nothing new").hasSize(1);
        bench.deliver(now().reopened(3, 2));
        bench.settleAppointments();
        assertThat(bench.serviceNow.desk().incidents()).as("a new stretch").hasSize(2);
    }

    /** Agreed before the loss, and agreed after it; the portal hears of it under the same id. */
    @Test
    void whatAPersonResolvedStaysResolvedAndIsToldOnce() {
        happened(now().reopened(3, 2));
        String sysId = bench.incident(ROOM, SIGNAL).sysId();
        bench.serviceNow.desk().as("beth.anglin").resolve(sysId, "Resolved by caller", "It is a known thing");
        bench.poll(hub::add);
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .workNote(sysId, "Moves on, so that the version of the record does too");
        rebuilt();
        past.forEach(bench::deliver);
        caughtUp();
        bench.poll(hub::add);
        bench.poll(hub::add);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(hub.stream()
                        .filter(one -> one.name().equals("message-add"))
                        .map(OutgoingCommand::id)
                        .distinct())
                .as("that it was resolved")
                .hasSize(1);
    }

    /** Where the hub is not rewound, the first event after the rebuild is the first that is known. */
    @Test
    void aTicketOfWhichNothingIsToldAgainWaitsForItsNextEvent() {
        rebuilt();
        caughtUp();
        assertThat(bench.ticket(ROOM, SIGNAL).rebuilt()).isPresent();
        bench.deliver(now().reopened(3, 2));
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(bench.ticket(ROOM, SIGNAL).rebuilt()).isEmpty();
    }

    /** Nobody can tell which texts would be gathered together the next time. */
    @Test
    void whatAutomationSaidTogetherIsNotSaidAgainApart() {
        PortalEvent first = now().sequence(2).said("b-1", "bot", "internal", "The app was restarted.");
        PortalEvent second = now().sequence(2).said("b-2", "bot", "internal", "The camera does not answer.");
        bench.deliver(first);
        bench.deliver(second);
        bench.pass(Duration.ofMinutes(3));
        List<String> journal = bench.journal(ROOM, SIGNAL);
        assertThat(journal).anyMatch(text -> text.contains("restarted") && text.contains("does not answer"));
        rebuilt();
        bench.deliver(first);
        bench.pass(Duration.ofMinutes(3));
        bench.deliver(second);
        bench.pass(Duration.ofMinutes(3));
        assertThat(bench.journal(ROOM, SIGNAL)).isEqualTo(journal);
    }

    private void happened(PortalEvent event) {
        past.add(event);
        bench.deliver(event);
        bench.pass(Duration.ofMinutes(1));
    }

    private void rebuilt() {
        bench.pass(Duration.ofMinutes(5));
        bench.loseTheStore();
        assertThat(bench.rebuild().certain()).isTrue();
        bench.caughtUp(false);
    }

    private void caughtUp() {
        bench.caughtUp(true);
        bench.settleAppointments();
    }

    private PortalEvent now() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
