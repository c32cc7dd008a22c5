package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Brake;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A ticket of Monday 1 June 2026 in Berlin with three business days: warned on Wednesday at 09:00, due when Thursday ends,
 * closed on Friday at 09:00 unless something speaks against it.
 */
class InactivityTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";
    private static final Instant WEDNESDAY_AT_NINE = Instant.parse("2026-06-03T07:00:00Z");
    private static final Instant THURSDAY_NOON = Instant.parse("2026-06-04T10:00:00Z");
    private static final Instant END_OF_THURSDAY = Instant.parse("2026-06-04T22:00:00Z");
    private static final Instant FRIDAY_AT_NINE = Instant.parse("2026-06-05T07:00:00Z");

    @Test
    void aSilentTicketIsWarnedAndClosedWithItsEvidence() {
        warned();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);

        bench.lookAt(FRIDAY_AT_NINE.minusSeconds(1));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        bench.lookAt(FRIDAY_AT_NINE);

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(bench.incident(ROOM, SIGNAL).field("close_code")).isEqualTo("No resolution provided");
        assertThat(closingNotes())
                .singleElement()
                .asString()
                .contains("no person decided this", "due at the end of Thursday 4 June 2026 (Europe/Berlin)");
        assertThat(bench.closings().records(ticket()))
                .extracting(ClosingRecord::step)
                .containsExactly(Step.WARNED, Step.INTENDED, Step.CLOSED);
    }

    @Test
    void afterAClosingItIsQuiet() {
        closed();
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(1)));
        int entries = bench.journal(ROOM, SIGNAL).size();

        bench.deliver(event().severity(2, "important"));
        bench.reach(FRIDAY_AT_NINE.plus(Duration.ofDays(4)));
        List<OutgoingCommand> told = new ArrayList<>();
        bench.poll(told::add);
        bench.closeInactive();

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(bench.journal(ROOM, SIGNAL)).hasSize(entries);
        assertThat(told).isEmpty();
    }

    @Test
    void anAnswerInThePortalStopsTheClock() {
        warned();
        bench.reach(THURSDAY_NOON);
        bench.deliver(event().message("m-1", "It still flickers"));

        bench.lookAt(FRIDAY_AT_NINE);

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(clock()).contains("wait: the soc has the ball: the customer was the last to say something");
    }

    @Test
    void aCommentOfTheSocStartsTheCountAnew() {
        warned();
        bench.reach(THURSDAY_NOON);
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "Have you tried another cable?");

        bench.lookAt(FRIDAY_AT_NINE);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);

        bench.lookAt(Instant.parse("2026-06-08T07:00:00Z"));
        confirm();
        bench.lookAt(Instant.parse("2026-06-10T07:00:00Z"));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aCommentThatWasNotPolledYetPreventsTheClosing() {
        warned();
        bench.lookAt(END_OF_THURSDAY.minusSeconds(60));
        bench.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "One second before");

        bench.closeInactive();

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(clock()).startsWith("wait: ");
    }

    @Test
    void aFileThatStandsInNoJournalPreventsTheClosingAndStartsTheCountAnew() {
        warned();
        bench.reach(THURSDAY_NOON);
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .attach(sysId(), "photo.png", "image/png", "x".getBytes(StandardCharsets.UTF_8));

        bench.lookAt(FRIDAY_AT_NINE);
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(bench.closings().records(Step.CLOSED, Instant.EPOCH)).isEmpty();
        assertThat(bench.closings().clock(ticket()).orElseThrow().countFrom().orElseThrow())
                .isAfter(WEDNESDAY_AT_NINE);
    }

    @Test
    void aCommentBetweenTheLastLookAndTheWriteTakesTheClosingBack() {
        warned();
        bench.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);
        bench.poll();
        commentBeforeThePatch();

        bench.closeInactive();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        bench.closeInactive();

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(bench.journal(ROOM, SIGNAL)).anyMatch(entry -> entry.contains("Reopened: somebody had worked"));
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofHours(1)));
        assertThat(bench.closings().records(ticket()))
                .extracting(ClosingRecord::step)
                .containsExactly(Step.WARNED, Step.INTENDED, Step.CLOSED, Step.UNDONE);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aPortalMessageFromBeforeTheClosingThatArrivesLateTakesItBack() {
        closed();
        bench.reach(FRIDAY_AT_NINE.plus(Duration.ofHours(2)));
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(THURSDAY_NOON).message("m-late", "I wrote on Thursday"));

        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofHours(3)));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aCommentAfterTheClosingIsThePersonsBusiness() {
        closed();
        bench.reach(FRIDAY_AT_NINE.plus(Duration.ofHours(2)));
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "Thank you");

        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofHours(3)));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aPortalThatHasBeenSilentSinceBeforeTheDueInstantPreventsTheClosing() {
        warned();
        bench.beat(END_OF_THURSDAY.minusSeconds(1));
        bench.reach(FRIDAY_AT_NINE);
        bench.poll();

        bench.closeInactive();

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(clock()).contains("no heartbeat of partition 0");
        bench.beat(END_OF_THURSDAY);
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aWarningThatIsNotConfirmedClosesNothingAndALateOneMovesTheDate() {
        behindAServiceAccount();
        opened();
        bench.lookAt(WEDNESDAY_AT_NINE);
        bench.lookAt(FRIDAY_AT_NINE);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);

        confirm();
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofHours(1)));
        bench.lookAt(Instant.parse("2026-06-08T12:00:00Z"));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);

        bench.lookAt(Instant.parse("2026-06-09T07:00:00Z"));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aCallerWhoIsAPersonIsWarnedByAComment() {
        opened();
        String caller = bench.serviceNow
                .desk()
                .find("sys_user", "user_name", "beth.anglin")
                .orElseThrow();
        bench.serviceNow.desk().as("admin").set(sysId(), "caller_id", caller);
        bench.lookAt(WEDNESDAY_AT_NINE);

        assertThat(bench.serviceNow.desk().journal(sysId()))
                .filteredOn(entry -> entry.element().equals("comments"))
                .extracting(JournalEntry::value)
                .singleElement()
                .asString()
                .contains("Without an answer until the end of Thursday 4 June 2026 (Europe/Berlin)");
        bench.lookAt(FRIDAY_AT_NINE);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void whereNothingIsSentToThePortalItsReadersTicketsAreNeverClosed() {
        behindAServiceAccount();
        bench.commandsOff();
        opened();

        bench.lookAt(WEDNESDAY_AT_NINE);
        bench.lookAt(FRIDAY_AT_NINE);

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(clock()).startsWith("never: the customer cannot be warned");
    }

    @Test
    void anOpenTaskAndAMajorIncidentForbidIt() {
        warned();
        String task = bench.serviceNow.desk().as("admin").insert("incident_task", Map.of("incident", sysId()));
        assertThat(task).isNotEmpty();

        bench.lookAt(FRIDAY_AT_NINE);
        assertThat(clock()).contains("is an open task of it");

        bench.serviceNow.desk().as("admin").set(sysId(), "major_incident_state", "accepted");
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));
        assertThat(clock()).contains("it is a major incident");
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void awaitingCallerIsTheCustomersTurnAndAnyOtherHoldIsNot() {
        opened();
        bench.serviceNow.desk().as("beth.anglin").hold(sysId(), "4");
        bench.lookAt(FRIDAY_AT_NINE);
        assertThat(clock()).startsWith("wait: the vendor has the ball");

        bench.serviceNow.desk().as("beth.anglin").hold(sysId(), "1");
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));
        assertThat(clock()).startsWith("wait: the customer has time until the end of Wednesday 10 June 2026");
    }

    @Test
    void theBrakeHoldsUntilANamedPersonReleasesIt() {
        bench.closing(rules -> new InactivityRules(
                true,
                rules.since(),
                rules.days(),
                rules.window(),
                new Brake(1, 0),
                rules.region(),
                List.of(),
                Optional.empty(),
                rules.closeCodes()));
        bench.deliver(
                PortalEvent.of("room-13", SIGNAL).at(bench.clock.instant()).opened(1));
        warned();
        assertThat(bench.closings().expectedBefore(FRIDAY_AT_NINE.plusSeconds(1)))
                .hasSize(2);

        bench.lookAt(FRIDAY_AT_NINE);
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));
        assertThat(bench.closings().records(Step.CLOSED, Instant.EPOCH)).hasSize(1);

        bench.closings().release("contoso", bench.clock.instant(), "Beth Anglin", "Both are right");
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(20)));
        assertThat(bench.closings().records(Step.CLOSED, Instant.EPOCH)).hasSize(2);
    }

    @Test
    void inPreviewItIsSaidWhatWouldHappenAndNothingIsWritten() {
        bench.closing(rules -> rules(rules, false, List.of()));
        opened();
        int entries = bench.journal(ROOM, SIGNAL).size();

        bench.lookAt(WEDNESDAY_AT_NINE);

        assertThat(clock()).startsWith("preview-warn: ");
        assertThat(bench.journal(ROOM, SIGNAL)).hasSize(entries);
    }

    @Test
    void aClosingWhoseAnswerNeverCameIsFoundAndNotRepeated() {
        warned();
        bench.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);
        bench.poll();
        bench.once(Fault.timeoutAfterCommit(), "PATCH");

        bench.closeInactive();
        assertThat(closingNotes()).hasSize(1);
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(closingNotes()).hasSize(1);
        assertThat(bench.closings().records(Step.CLOSED, Instant.EPOCH)).hasSize(1);
    }

    @Test
    void aCrashAtAnyPlaceOfAClosingLeavesOneClosureAndOneNote() {
        boolean died = true;
        int place = 0;
        while (died) {
            place++;
            String room = "room-" + place;
            // Weeks without a holiday: over Christmas it is three weeks to the next one.
            int week = place < 28 ? place : place + 3;
            Instant monday = Instant.parse("2026-06-08T08:00:00Z").plus(Duration.ofDays(7L * week));
            bench.reach(monday);
            bench.deliver(PortalEvent.of(room, SIGNAL).at(monday).opened(1));
            bench.poll();
            bench.lookAt(monday.plus(Duration.ofHours(48)));
            confirm(room);
            Instant friday = monday.plus(Duration.ofDays(4));
            bench.lookAt(friday.minus(Duration.ofHours(2)));
            bench.reach(friday);
            bench.beat(friday);

            died = dies(place);
            bench.restart();
            bench.lookAt(friday.plus(Duration.ofMinutes(2)));
            bench.lookAt(friday.plus(Duration.ofMinutes(10)));
            bench.lookAt(friday.plus(Duration.ofMinutes(20)));

            assertThat(bench.state(room, SIGNAL)).as("place %d", place).isEqualTo(IncidentState.RESOLVED);
            assertThat(closingNotes(room)).as("place %d", place).hasSize(1);
            assertThat(bench.closings().records(bench.ticket(room, SIGNAL)))
                    .as("place %d", place)
                    .filteredOn(record -> record.step() == Step.CLOSED)
                    .hasSize(1);
        }
        assertThat(place).as("places at which it died").isGreaterThan(15);
    }

    /** Customers read in the portal, because nobody reads the caller's mail. */
    private void behindAServiceAccount() {
        bench.closing(rules -> rules(rules, true, List.of("rooms.contact")));
    }

    private static InactivityRules rules(InactivityRules rules, boolean acts, List<String> serviceCallers) {
        return new InactivityRules(
                acts,
                rules.since(),
                rules.days(),
                rules.window(),
                rules.brake(),
                rules.region(),
                serviceCallers,
                Optional.empty(),
                rules.closeCodes());
    }

    private boolean dies(int place) {
        try {
            bench.dieAtStoreAccess(place);
            bench.closeInactive();
            return false;
        } catch (MortalDataSource.Crash died) {
            return true;
        }
    }

    private void commentBeforeThePatch() {
        bench.serviceNow
                .faults()
                .on(RequestMatcher.method("PATCH"))
                .next(
                        1,
                        Fault.meanwhile(
                                () -> bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "Wait!")));
    }

    private void opened() {
        bench.deliver(event().opened(1));
        bench.poll();
    }

    private void warned() {
        opened();
        bench.lookAt(WEDNESDAY_AT_NINE.minusSeconds(1));
        assertThat(bench.closings().records(ticket())).isEmpty();
        bench.lookAt(WEDNESDAY_AT_NINE);
        confirm();
    }

    private void closed() {
        warned();
        bench.lookAt(FRIDAY_AT_NINE);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    private void confirm() {
        confirm(ROOM);
    }

    /** The portal's event of the warning arrives. */
    private void confirm(String room) {
        bench.closings()
                .clock(bench.ticket(room, SIGNAL))
                .flatMap(clock -> clock.warningCommand())
                .ifPresent(command -> bench.outbox().confirmed("contoso", command, bench.clock.instant()));
    }

    private String clock() {
        return bench.closings()
                .clock(ticket())
                .map(row -> row.decision() + ": " + row.reason())
                .orElseThrow();
    }

    private List<String> closingNotes() {
        return closingNotes(ROOM);
    }

    private List<String> closingNotes(String room) {
        return bench.journal(room, SIGNAL).stream()
                .filter(entry -> entry.contains("Closed for inactivity"))
                .toList();
    }

    private Ticket ticket() {
        return bench.ticket(ROOM, SIGNAL);
    }

    private String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
