package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.PortalCommand;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.sandbox.portal.CommandRecord.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The relay's duties of docs/events.md: commands by the genuine SDK, judged by what stands in the hub afterwards. */
final class RelayTest extends OnPortalBench {

    /** The SDK repeats no send that is refused with this. */
    private static final String REFUSED_AT_ONCE = "amqp:unauthorized-access";

    @Test
    void aMessageOfTheBridgeStandsAtTheTicketAndComesBackWithTheCommandsId() {
        bench.command("rb-1", ticket, message("We ordered a new cable. \ud83d\udd0c", true));

        assertThat(outcomes()).containsExactly(Outcome.APPLIED);
        assertThat(portal.conversation(ticket).visible()).singleElement().satisfies(entry -> {
            assertThat(entry.author()).isEqualTo(new Author("bridge", "Contoso SOC"));
            assertThat(entry.text()).isEqualTo("We ordered a new cable. \ud83d\udd0c");
            assertThat(entry.commandId()).contains("rb-1");
        });
        ObjectNode event = bench.last("ticket.message-added", ticket);
        assertThat(event.path("correlationid").asText()).isEqualTo("rb-1");
        assertThat(event.at("/data/actor/type").asText()).isEqualTo("bridge");
        assertThat(event.path("partitionkey"))
                .isEqualTo(bench.last("ticket.opened", ticket).path("partitionkey"));
    }

    @Test
    void anIdIsAppliedOnceHoweverOftenAndWhereverItComes() {
        bench.command("rb-1", ticket, message("Once.", true));
        bench.command("rb-2", ticket, message("Between.", true));
        bench.command("rb-1", ticket, message("Once.", true));
        // Partitions are read one after the other, so the id has to be known before it comes by another one.
        assertThat(outcomes()).hasSize(3);
        bench.command("rb-1", portal.open(1), message("Another ticket, another partition.", true));

        assertThat(outcomes())
                .containsExactlyInAnyOrder(Outcome.APPLIED, Outcome.APPLIED, Outcome.REPEATED, Outcome.REPEATED);
        assertThat(bench.causedBy("rb-1")).hasSize(1);
        assertThat(texts()).containsExactly("Once.", "Between.");
    }

    @Test
    void commandsOfOneTicketKeepTheirOrder() {
        List<String> said = IntStream.range(0, 60).mapToObj(Integer::toString).toList();
        said.forEach(text -> bench.command("rb-" + text, ticket, message(text, true)));

        assertThat(outcomes()).hasSize(60).containsOnly(Outcome.APPLIED);
        assertThat(texts()).isEqualTo(said);
    }

    @Test
    void whatTheHubDoesNotTakeAtOnceIsToldOnceAllTheSame() {
        portal.pauseRelay(true);
        bench.command("rb-1", ticket, message("Patience.", true));
        bench.hubs.faults().rejectNextSends(3, REFUSED_AT_ONCE);
        portal.pauseRelay(false);

        assertThat(outcomes()).containsExactly(Outcome.APPLIED);
        assertThat(bench.causedBy("rb-1")).hasSize(1);
    }

    @Test
    void commandsWaitWhileTheRelayIsDown() {
        portal.pauseRelay(true);
        bench.command("rb-1", ticket, message("Later.", true));
        assertThat(portal.idle()).isFalse();

        portal.pauseRelay(false);
        assertThat(outcomes()).containsExactly(Outcome.APPLIED);
    }

    @Test
    void aLinkedIncidentIsShownForEver() {
        ObjectNode opened = bench.last("ticket.opened", ticket);
        bench.command("rb-1", ticket, new Request.LinkSnow("INC0010042", "https://contoso.example/INC0010042"));
        assertThat(outcomes()).containsExactly(Outcome.APPLIED);
        ObjectNode later = opened.deepCopy().put("id", "of-the-script").put("sequence", "00000000000002000000");
        bench.event(later);

        assertThat(portal.snowIncident(ticket)).contains("INC0010042");
        assertThat(bench.causedBy("rb-1")).singleElement().satisfies(event -> {
            assertThat(PortalMemory.name(event)).isEqualTo("ticket.updated");
            assertThat(event.at("/data/changed/snowIncident/new").asText()).isEqualTo("INC0010042");
        });
    }

    @Test
    void anAcknowledgedTicketThatIsNewGoesUnderInvestigation() {
        ObjectNode opened = bench.last("ticket.opened", ticket);
        ObjectNode another = opened.deepCopy().put("id", "by-hand").put("ticketid", "NEW-1");
        another.withObject("/data/ticket").put("ticketId", "NEW-1").put("state", "new");
        bench.event(another);
        bench.command("rb-1", "NEW-1", new Request.Ack(Optional.of("Contoso SOC"), Optional.empty()));
        bench.command("rb-2", "NEW-1", new Request.Ack(Optional.of("Contoso SOC"), Optional.empty()));

        assertThat(outcomes()).containsExactly(Outcome.APPLIED, Outcome.APPLIED);
        assertThat(portal.state("NEW-1")).isEqualTo("investigating");
        assertThat(names("rb-1")).containsExactly("ticket.status-changed");
        assertThat(names("rb-2")).containsExactly("ticket.updated");
    }

    @Test
    void aSystemTicketCannotBeClosedFromOutside() {
        bench.command("rb-1", ticket, new Request.Close("Resolved by the service desk", Optional.empty()));
        bench.command("rb-1", ticket, new Request.Close("Resolved by the service desk", Optional.empty()));

        assertThat(outcomes()).containsExactly(Outcome.REFUSED, Outcome.REPEATED);
        assertThat(portal.commands().get(0).reason()).contains("only a recorded issue");
        assertThat(portal.state(ticket)).isEqualTo("investigating");
        assertThat(portal.conversation(ticket).visible()).isEmpty();
        assertThat(portal.conversation(ticket).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.text()).contains("close was not carried out");
            assertThat(entry.commandId()).contains("rb-1");
        });
    }

    @Test
    void aRecordedIssueIsClosedByTheBridgeOnce() {
        String issue = portal.recordIssue(0, "Echo in every call");
        String reason = "Resolved by the service desk after a long conversation about all the rooms of the floor";
        bench.command("rb-1", issue, new Request.Close(reason, Optional.of("Echo cancellation was off.")));
        bench.command("rb-2", issue, new Request.Close(reason, Optional.empty()));

        assertThat(outcomes()).containsExactly(Outcome.APPLIED, Outcome.APPLIED);
        assertThat(portal.state(issue)).isEqualTo("resolved");
        assertThat(names("rb-1")).containsExactly("ticket.resolved");
        assertThat(names("rb-2")).containsExactly("ticket.updated");
    }

    @Test
    void aSignalIsSilencedAndHeardAgain() {
        bench.command(
                "rb-1",
                ticket,
                new Request.Suppress(
                        Optional.of("Spare part on its way."), Optional.of(Instant.parse("2026-06-05T18:00:00Z"))));
        bench.command("rb-2", ticket, new Request.Unsuppress(Optional.empty()));
        bench.command("rb-3", portal.recordIssue(0, "Echo"), new Request.Suppress(Optional.empty(), Optional.empty()));

        assertThat(bench.outcomes())
                .extracting(CommandRecord::id, CommandRecord::outcome)
                .contains(
                        tuple("rb-1", Outcome.APPLIED), tuple("rb-2", Outcome.APPLIED), tuple("rb-3", Outcome.REFUSED));
        assertThat(names("rb-1")).containsExactly("signal.suppressed", "ticket.updated");
        assertThat(names("rb-2")).containsExactly("signal.unsuppressed", "ticket.updated");
        ObjectNode silenced = bench.causedBy("rb-1").get(0);
        assertThat(silenced.at("/data/until").asText()).isEqualTo("2026-06-05T18:00:00Z");
        assertThat(silenced.at("/data/key"))
                .isEqualTo(bench.last("ticket.opened", ticket).at("/data/ticket/key"));
        assertThat(bench.causedBy("rb-2").get(0).at("/data/currentHealth").asText())
                .isEqualTo("unhealthy");
    }

    @Test
    void aSnapshotHoldsTheWholeTicket() {
        portal.post(ticket, Author.customer("Ana Sousa"), Visibility.CUSTOMER, "I reseated the cable.");
        portal.endRemediation(ticket, "Restart the room system", "failed", "No answer.");
        bench.command("rb-1", ticket, new Request.SnapshotRequest());

        assertThat(outcomes()).containsExactly(Outcome.APPLIED);
        ObjectNode snapshot = bench.causedBy("rb-1").get(0);
        assertThat(snapshot.at("/data/messages")).hasSize(1);
        assertThat(snapshot.at("/data/history")).hasSize(3);
    }

    @Test
    void aSnapshotOfTheTenantTellsOfEachOpenTicket() {
        String second = portal.open(1);
        portal.recover(portal.open(2));
        bench.command(new PortalCommand(
                "rb-1", bench.tenant(ticket), Optional.empty(), bench.clock.instant(), new Request.SnapshotRequest()));

        assertThat(outcomes()).containsExactly(Outcome.APPLIED);
        assertThat(bench.causedBy("rb-1"))
                .extracting(event -> event.path("ticketid").asText())
                .containsExactly(ticket, second);
    }

    @Test
    void whatIsNoCommandIsKeptWithItsReasonAndChangesNothing() {
        bench.send("{\"id\": \"torn");
        bench.send("{\"id\": \"rb-1\", \"type\": \"io.roombridge.portal.command.reboot.v1\"}");
        bench.command("rb-2", ticket, message("", true));
        bench.command(PortalCommand.about("fabrikam", ticket, "rb-3", bench.clock.instant(), message("Hello?", true)));
        bench.command(PortalCommand.about(
                bench.tenant(ticket), "7B7365-NOBODY", "rb-4", bench.clock.instant(), message("Hello?", true)));

        assertThat(outcomes()).hasSize(5).containsOnly(Outcome.INVALID);
        assertThat(portal.commands())
                .extracting(CommandRecord::reason)
                .anySatisfy(reason -> assertThat(reason).contains("no JSON object"))
                .anySatisfy(reason -> assertThat(reason).contains("command.reboot"))
                .anySatisfy(reason -> assertThat(reason).contains("text"))
                .anySatisfy(reason -> assertThat(reason).contains(ticket, "fabrikam"))
                .anySatisfy(reason -> assertThat(reason).contains("7B7365-NOBODY"));
        assertThat(portal.conversation(ticket).entries()).isEmpty();
    }

    @Test
    void theIdOfAnInvalidCommandMayBeUsedAgain() {
        bench.command("rb-1", ticket, message("", true));
        bench.command("rb-1", ticket, message("With a text.", true));

        assertThat(outcomes()).containsExactly(Outcome.INVALID, Outcome.APPLIED);
        assertThat(texts()).containsExactly("With a text.");
    }

    @Test
    void ticketsOfAScriptedDayAreKnownToo() {
        CampusDay day = CampusDay.of(7, LocalDate.of(2026, 6, 5));
        try (PortalSimulator simulator =
                new PortalSimulator(bench.hubs.connectionString(PortalBench.EVENTS), bench.clock)) {
            simulator.play(day, () -> {}, action -> {});
        }
        String spoken = portal.tickets().stream()
                .filter(id -> !portal.conversation(id).visible().isEmpty())
                .findFirst()
                .orElseThrow();
        int before = portal.conversation(spoken).visible().size();
        bench.command("rb-1", spoken, message("An answer.", true));

        assertThat(outcomes()).containsExactly(Outcome.APPLIED);
        assertThat(portal.conversation(spoken).visible()).hasSize(before + 1);
        scriptsAreStrange();
    }

    /** A scripted day breaks the contract on purpose; the check at the end is for the tests of the living portal. */
    private void scriptsAreStrange() {
        bench.close();
        bench = new PortalBench(directory.resolve("another"));
    }

    @Test
    void whoWaitsForTheHubGivesUpWhenThePortalIsClosed() {
        bench.hubs.faults().rejectNextSends(1_000_000, REFUSED_AT_ONCE);
        CompletableFuture<String> post = CompletableFuture.supplyAsync(
                () -> portal.post(ticket, Author.bot(), Visibility.INTERNAL, "Never sent."));
        portal.close();

        assertThatThrownBy(post::get).hasRootCauseInstanceOf(RuntimeException.class);
        bench.hubs.faults().rejectNextSends(0, REFUSED_AT_ONCE);
    }

    private static Request message(String text, boolean customerVisible) {
        return new Request.MessageAdd(text, customerVisible, Optional.of("Contoso SOC"));
    }

    private List<Outcome> outcomes() {
        return bench.outcomes().stream().map(CommandRecord::outcome).toList();
    }

    private List<String> texts() {
        return portal.conversation(ticket).visible().stream()
                .map(Conversation.Entry::text)
                .toList();
    }

    private List<String> names(String commandId) {
        return bench.causedBy(commandId).stream().map(PortalMemory::name).toList();
    }
}
