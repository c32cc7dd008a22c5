package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Faults;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one side does while the other is being read, hidden or refused: nothing is told that nobody did, and nothing is lost. */
class BetweenTheSidesTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    private final List<OutgoingCommand> hub = new ArrayList<>();
    private Person agent;

    @BeforeEach
    void aTicketThatThePortalKnows() {
        agent = bench.serviceNow.desk().as("beth.anglin");
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
        bench.poll(hub::add);
    }

    /** The bridge resolves between the reading of the round and the hearing of this incident; no time passes. */
    @Test
    void anOwnResolutionBetweenReadingAndHearingIsNoNews() {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant()).resolved(2));
        bench.clock.advance(Duration.ofHours(1));
        bench.machine.advance(Duration.ofSeconds(30));
        List<Round> stale = bench.reading().readChanges().read();
        bench.path().keepAppointments();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);

        stale.forEach(bench.reading().hear()::hear);
        bench.poll(hub::add);
        bench.poll(hub::add);
        assertThat(texts()).as("nobody but the bridge did anything").isEmpty();
    }

    /** Found by seeds 18 and 20 of BothSidesAgreeTest. */
    @Test
    void anOwnResolutionWhoseAnswerNeverCameIsNoNews() {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant()).resolved(2));
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.settleAppointments();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        bench.poll(hub::add);
        bench.poll(hub::add);
        assertThat(texts()).as("nobody but the bridge did anything").isEmpty();
    }

    /** The same of a reopening. */
    @Test
    void anOwnReopeningWhoseAnswerNeverCameIsNoNews() {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant()).resolved(2));
        bench.settleAppointments();
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant()).reopened(3, 2));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        bench.poll(hub::add);
        bench.poll(hub::add);
        assertThat(texts()).as("nobody but the bridge did anything").isEmpty();
    }

    /** Only the sweep's own last call fails, for good; the changes of the same cycle were read without fault. */
    @Test
    void aFailingSweepDoesNotHoldUpTheChanges() {
        bench.deliver(PortalEvent.of("room-2", SIGNAL).opened(1));
        bench.poll(hub::add);
        String deleted = bench.incident("room-2", SIGNAL).sysId();
        bench.serviceNow.desk().as("admin").delete(deleted);
        Faults.Armed fault = bench.serviceNow
                .faults()
                .on(RequestMatcher.path("/api/now/table/incident/" + deleted))
                .always(Fault.forbidden("Forbidden", "ACL"));
        bench.machine.advance(Duration.ofMinutes(11));
        agent.comment(sysId(), "We ordered a new cable.");
        for (int i = 0; i < 20; i++) {
            bench.poll(hub::add);
            bench.machine.advance(Duration.ofMinutes(1));
        }
        assertThat(fault.met()).as("the sweep was tried").isPositive();
        assertThat(texts()).contains("We ordered a new cable.");
    }

    /** The control of the test above: green, so that it is the sweep's failure that is seen there. */
    @Test
    void theSameSweepWithoutTheFaultHoldsUpNothing() {
        bench.deliver(PortalEvent.of("room-2", SIGNAL).opened(1));
        bench.poll(hub::add);
        bench.serviceNow
                .desk()
                .as("admin")
                .delete(bench.incident("room-2", SIGNAL).sysId());
        bench.machine.advance(Duration.ofMinutes(11));
        agent.comment(sysId(), "We ordered a new cable.");
        bench.poll(hub::add);
        assertThat(texts()).contains("We ordered a new cable.");
    }

    /** The read ACL on the journal is lost, or given back: what was told stays told. */
    @Test
    void whatWasToldIsNotToldAgainWhenTheJournalIsHidden() {
        agent.comment(sysId(), "We ordered a new cable.");
        bench.poll(hub::add);
        bench.machine.advance(Duration.ofMinutes(11));
        bench.serviceNow.switches().journalsReadable(false);
        bench.poll(hub::add);
        bench.poll(hub::add);
        assertThat(texts()).containsExactly("We ordered a new cable.");
    }

    /** While the journal table is hidden, a comment whose answer was lost is written once. */
    @Test
    void aCutOffCommentIsWrittenOnceWhereTheJournalIsHidden() {
        bench.serviceNow.switches().journalsReadable(false);
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1).message("m-1", "It is dark in here."));
        assertThat(bench.journal(ROOM, SIGNAL).stream().filter(text -> text.contains("It is dark in here.")))
                .hasSize(1);
    }

    /** docs/events.md, Refusal: the relay's answer carries the command's id and is news, not our own text. */
    @Test
    void aRefusedCommentIsNeitherAnEchoNorConfirmed() {
        agent.comment(sysId(), "We ordered a new cable.");
        bench.poll(hub::add);
        String id = hub.get(hub.size() - 1).id();
        Outcome outcome = bench.deliver(PortalEvent.of(ROOM, SIGNAL)
                .opened(1)
                .said("refusal-1", "service", "internal", "message-add was refused: the ticket is archived")
                .causedBy(id));
        assertThat(outcome).isNotInstanceOf(Outcome.Echo.class);
        assertThat(bench.confirmed(id)).isFalse();
    }

    /** Few open incidents, hidden for a while by an access rule: nobody deleted them. */
    @Test
    void threeHiddenIncidentsAreNotTakenForDeleted() {
        bench.deliver(PortalEvent.of("room-2", SIGNAL).opened(1));
        bench.deliver(PortalEvent.of("room-3", SIGNAL).opened(1));
        bench.poll(hub::add);
        bench.serviceNow.switches().hideRows(row -> true);
        bench.machine.advance(Duration.ofMinutes(11));
        bench.poll(hub::add);
        assertThat(texts()).isEmpty();
    }

    private String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }

    private List<String> texts() {
        return hub.stream()
                .filter(command -> command.name().equals("message-add"))
                .map(command -> {
                    try {
                        return new ObjectMapper()
                                .readTree(command.body())
                                .path("data")
                                .path("text")
                                .asText();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
