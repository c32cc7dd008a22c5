package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.ticket.IncidentState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people write and do in ServiceNow reaches the portal, each thing once, and nothing that is the bridge's own. */
class DeskToPortalTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<OutgoingCommand> hub = new ArrayList<>();
    private Person agent;

    @BeforeEach
    void aTicketThatThePortalKnows() {
        agent = bench.serviceNow.desk().as("beth.anglin");
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
    }

    @Test
    void theFirstLookShowsTheIncidentsNumberAtTheTicket() {
        look();
        assertThat(names()).containsExactly("link-snow");
        assertThat(data(hub.get(0)).path("number").asText())
                .isEqualTo(bench.incident(ROOM, SIGNAL).number());

        look();
        assertThat(names()).as("nothing more to tell").containsExactly("link-snow");
    }

    @Test
    void aCommentIsToldOnceHoweverOftenItIsRead() {
        look();
        agent.comment(sysId(), "We ordered a new cable.");
        for (int i = 0; i < 5; i++) {
            look();
            bench.machine.advance(Duration.ofSeconds(15));
        }
        assertThat(messages()).containsExactly("We ordered a new cable.");
    }

    @Test
    void whatWasWrittenBeforeTheFirstLookIsToldToo() {
        agent.comment(sysId(), "Written before anybody looked.");
        bench.machine.advance(Duration.ofHours(5));
        look();
        assertThat(names()).containsExactly("link-snow", "message-add");
    }

    @Test
    void aWorkNoteNeverLeavesServiceNow() {
        agent.workNote(sysId(), "The customer is difficult.");
        look();
        assertThat(messages()).isEmpty();
    }

    @Test
    void theBridgesOwnEntriesAreNotTold() {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1).message("m-1", "It is dark in here."));
        look();
        assertThat(messages()).isEmpty();
        assertThat(bench.outcomes().countsOfDesk()).containsKey("echo(own-write)");
    }

    @Test
    void aCommandThatTheHubRefusesIsSentAgainAndTheLookIsRepeated() {
        look();
        agent.comment(sysId(), "first");
        agent.comment(sysId(), "second");
        bench.poll(command -> false);
        bench.restart();
        bench.machine.advance(Duration.ofMinutes(30));
        look();
        assertThat(messages()).containsExactly("first", "second");
    }

    @Test
    void aReplyByMailIsToldWithoutTheQuotation() {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1).message("m-1", "It is dark in here."));
        look();
        agent.comment(sysId(), "I will come at ten." + mailQuotation());
        look();
        assertThat(messages()).containsExactly("I will come at ten.");
    }

    @Test
    void twoEqualCommentsAreTwoComments() {
        look();
        agent.comment(sysId(), "Any news?");
        look();
        bench.machine.advance(Duration.ofMinutes(4));
        agent.comment(sysId(), "Any news?");
        look();
        assertThat(messages()).containsExactly("Any news?", "Any news?");
    }

    @Test
    void aTicketIsAcknowledgedOnceWhenSomebodyTakesIt() {
        look();
        agent.assign(sysId(), "beth.anglin");
        look();
        agent.set(sysId(), "state", "2");
        look();
        assertThat(names()).containsExactly("link-snow", "ack");
    }

    @Test
    void onHoldIsToldWithItsReasonAfterTheCommentThatExplainsIt() {
        look();
        agent.comment(sysId(), "Waiting for the vendor's technician.");
        agent.hold(sysId(), "4");
        look();
        assertThat(messages()).hasSize(2).first().isEqualTo("Waiting for the vendor's technician.");
        assertThat(messages().get(1)).contains("on hold");
        agent.hold(sysId(), "1");
        look();
        assertThat(messages()).as("another reason is news").hasSize(3);
        look();
        assertThat(messages()).as("the same is none").hasSize(3);
    }

    @Test
    void aPersonsResolutionIsToldAndTheBridgesOwnIsNot() {
        look();
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant()).resolved(2));
        bench.settleAppointments();
        look();
        assertThat(messages()).as("resolved by the bridge").isEmpty();

        agent.reopen(sysId());
        look();
        agent.resolve(sysId(), "Solution provided", "Cable replaced.");
        look();
        assertThat(messages()).hasSize(2);
        assertThat(messages().get(1)).contains("resolved").contains("Cable replaced.");
        assertThat(names())
                .as("only a recorded issue can be closed from outside")
                .doesNotContain("close");
    }

    @Test
    void resolvingARecordedIssueClosesItInThePortal() {
        bench.deliver(PortalEvent.of("room-9", SIGNAL).recorded().opened(1));
        String recorded = bench.serviceNow.desk().incidents().stream()
                .map(Incident::sysId)
                .filter(id -> !id.equals(sysId()))
                .findFirst()
                .orElseThrow();
        agent.resolve(recorded, "Solution provided", "Done.");
        look();
        assertThat(names()).contains("close");
    }

    @Test
    void whatServiceNowsOwnJobClosesIsNoNews() {
        look();
        agent.resolve(sysId(), "Solution provided", "Done.");
        look();
        int told = hub.size();
        bench.serviceNow.desk().as("admin").close(sysId());
        look();
        assertThat(hub).hasSize(told);
    }

    @Test
    void aDeletedIncidentIsNoticedByTwoSweepsAndTold() {
        bench.deliver(PortalEvent.of("room-2", SIGNAL).opened(1));
        look();
        bench.serviceNow.desk().as("admin").delete(sysId());
        bench.machine.advance(Duration.ofMinutes(11));
        look();
        assertThat(messages()).as("one sweep may be wrong").isEmpty();
        bench.machine.advance(Duration.ofMinutes(11));
        look();
        assertThat(messages()).hasSize(1).first().asString().contains("removed");
        assertThat(bench.ticket(ROOM, SIGNAL).current().orElseThrow().state()).isEqualTo(IncidentState.CANCELED);
        bench.machine.advance(Duration.ofMinutes(11));
        look();
        assertThat(messages()).hasSize(1);
    }

    @Test
    void incidentsThatAnAccessRuleHidesAreNotTakenForDeleted() {
        for (int i = 2; i <= 9; i++) {
            bench.deliver(PortalEvent.of("room-" + i, SIGNAL).opened(1));
        }
        look();
        bench.serviceNow.switches().hideRows(sysId -> true);
        bench.machine.advance(Duration.ofMinutes(11));
        look();
        assertThat(messages()).isEmpty();
        assertThat(bench.ticket(ROOM, SIGNAL).current().orElseThrow().state()).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aHiddenJournalIsReadFromWhatTheIncidentShows() {
        bench.serviceNow.switches().journalsReadable(false);
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1).message("m-1", "It is dark in here."));
        agent.comment(sysId(), "Parsed from the display value.");
        look();
        look();
        assertThat(messages()).containsExactly("Parsed from the display value.");
    }

    @Test
    void aJournalThatIsHiddenAndShownAgainTellsNothingTwice() {
        agent.comment(sysId(), "read from the table");
        look();
        bench.serviceNow.switches().journalsReadable(false);
        bench.machine.advance(Duration.ofMinutes(11));
        agent.comment(sysId(), "read from the display value");
        look();
        bench.serviceNow.switches().journalsReadable(true);
        bench.machine.advance(Duration.ofMinutes(11));
        agent.comment(sysId(), "read from the table again");
        look();
        look();
        assertThat(messages())
                .containsExactly("read from the table", "read from the display value", "read from the table again");
    }

    @Test
    void rowsThatBecomeVisibleAMinuteLateAreTold() {
        look();
        bench.serviceNow.switches().lateRows((table, id) -> Duration.ofSeconds(60));
        agent.comment(sysId(), "late");
        for (int i = 0; i < 8; i++) {
            look();
            bench.machine.advance(Duration.ofSeconds(15));
        }
        assertThat(messages()).containsExactly("late");
    }

    @Test
    void aQuietLookIsOneCall() {
        look();
        bench.machine.advance(Duration.ofMinutes(5));
        look();
        int before = bench.serviceNow.requests().all().size();
        bench.machine.advance(Duration.ofSeconds(15));
        look();
        assertThat(bench.serviceNow.requests().all()).hasSize(before + 1);
    }

    @Test
    void aBurstIsToldWholeAndEachIncidentEndsWithItsLastVersion() {
        List<String> burst = new ArrayList<>();
        for (int i = 2; i <= 20; i++) {
            bench.deliver(PortalEvent.of("room-" + i, SIGNAL).opened(1));
        }
        look();
        for (int i = 0; i < 200; i++) {
            String room = "room-" + (1 + i % 20);
            String incident = bench.incident(room, SIGNAL).sysId();
            if (i % 2 == 0) {
                burst.add("burst " + i);
                agent.comment(incident, "burst " + i);
            } else {
                agent.hold(incident, i % 4 == 1 ? "1" : "4");
            }
            bench.machine.advance(Duration.ofMillis(20));
            if (i % 33 == 0) {
                look();
            }
        }
        look();
        assertThat(messages().stream().filter(burst::contains)).containsExactlyInAnyOrderElementsOf(burst);
        for (int i = 1; i <= 20; i++) {
            Incident incident = bench.incident("room-" + i, SIGNAL);
            assertThat(bench.ticket("room-" + i, SIGNAL)
                            .current()
                            .orElseThrow()
                            .told()
                            .state()
                            .value())
                    .isEqualTo(incident.field("state"));
            assertThat(bench.ticket("room-" + i, SIGNAL)
                            .current()
                            .orElseThrow()
                            .told()
                            .holdReason()
                            .orElse(""))
                    .isEqualTo(incident.field("hold_reason"));
        }
    }

    private String mailQuotation() {
        String ours = bench.journal(ROOM, SIGNAL).stream()
                .filter(text -> text.startsWith("From the Teams Rooms portal"))
                .reduce((first, second) -> second)
                .orElseThrow();
        return "\n\nOn Mon, Jun 1, 2026 at 9:14 AM Service Desk <desk@example.com> wrote:\n"
                + ours.lines().map(line -> "> " + line + "\n").reduce("", String::concat);
    }

    private void look() {
        bench.poll(hub::add);
    }

    private String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }

    private List<String> names() {
        return hub.stream().map(OutgoingCommand::name).toList();
    }

    private List<String> messages() {
        return hub.stream()
                .filter(command -> command.name().equals("message-add"))
                .map(command -> data(command).path("text").asText())
                .toList();
    }

    private static JsonNode data(OutgoingCommand command) {
        try {
            return JSON.readTree(command.body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
