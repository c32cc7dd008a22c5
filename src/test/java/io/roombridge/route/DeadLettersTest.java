package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.correlation.KeptLetter;
import io.roombridge.correlation.LetterAct;
import io.roombridge.correlation.LetterAct.Act;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From a change that could not be applied to one that is: what waits behind it, who decides, and in which order it goes on. */
class DeadLettersTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";

    @Test
    void aDeadCreateIsReplayedOnceAndEverythingBehindItFollowsInItsOrder() {
        theCreateIsRefused();
        bench.deliver(event().opened(1));
        bench.deliver(event().message("m-1", "one of three"));
        bench.deliver(event().severity(2, "critical"));
        bench.deliver(event().message("m-2", "two of three"));
        theCreateIsAllowed();
        assertThat(bench.replay()).as("nobody asked yet").isZero();

        askForAll();
        bench.replayAll();
        bench.deliver(event().message("m-3", "three of three"));

        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.incident(ROOM, SIGNAL).field("urgency")).isEqualTo("1");
        assertThat(said()).containsSubsequence("one of three", "two of three", "three of three");
        assertThat(said()).containsOnlyOnce("one of three").containsOnlyOnce("two of three");
        assertThat(bench.store().deadLetters()).isEmpty();
    }

    @Test
    void aLetterWhoseEventWasAppliedUnderItsOwnIdMeanwhileIsSettled() {
        PortalEvent event = event().opened(1);
        bench.store()
                .commit(new Commit()
                        .deadLetter(new DeadLetter(
                                "unknown",
                                "",
                                new ChangeId("/roombridge/unreadable#1"),
                                Optional.empty(),
                                DeadLetter.Kind.EVENT,
                                Lane.STATE,
                                State.KEPT,
                                Reason.INVALID,
                                "an older bridge could not read it",
                                new String(event.bytes(), StandardCharsets.UTF_8),
                                1,
                                bench.clock.instant())));
        bench.deliver(event);

        askForAll();
        bench.replayAll();

        assertThat(bench.store().deadLetters()).isEmpty();
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void whatArrivesWhileAReplayIsUnderWayDoesNotOvertake() {
        theCreateIsRefused();
        bench.deliver(event().opened(1));
        bench.deliver(event().message("m-1", "one of two"));
        theCreateIsAllowed();
        askForAll();
        bench.serviceNow.faults().on(RequestMatcher.method("PATCH")).next(1, Fault.htmlPage(503));
        bench.replay();

        Outcome second = bench.deliver(event().message("m-2", "two of two"));
        bench.replayAll();

        assertThat(second).isEqualTo(new Outcome.Parked(Reason.BEHIND_DEAD));
        assertThat(said()).containsSubsequence("one of two", "two of two");
        assertThat(bench.deliver(event().message("m-3", "three"))).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aDeadCommentParksItsLaneOnlyAndALaterResolveSaysWhatIsMissing() {
        bench.deliver(event().opened(1));
        refuseWords("forbidden words");
        bench.deliver(event().message("m-1", "forbidden words"));
        bench.deliver(event().message("m-2", "fine words"));
        bench.deliver(event().resolved(2));

        bench.pass(Duration.ofMinutes(20));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
        assertThat(bench.incident(ROOM, SIGNAL).field("close_notes"))
                .contains("missing here, because it could not be written: 2.");
    }

    @Test
    void whatIsRefusedAgainIsDeadAgainAndWhatIsBehindItWaits() {
        bench.deliver(event().opened(1));
        refuseWords("forbidden words");
        bench.deliver(event().message("m-1", "forbidden words"));
        bench.deliver(event().message("m-2", "fine words"));

        askForAll();
        bench.replayAll();

        assertThat(bench.store().deadLetters()).extracting(DeadLetter::state).containsExactly(State.DEAD, State.PARKED);
        KeptLetter dead = bench.letters().list(open(), 10).get(0);
        assertThat(dead.letter().attempts()).isEqualTo(2);
        assertThat(bench.letters().acts(dead.id()))
                .extracting(LetterAct::act, LetterAct::by)
                .containsExactly(tuple(Act.ASKED, "Beth Anglin"), tuple(Act.FAILED_AGAIN, LetterAct.BRIDGE));
    }

    @Test
    void whatAPersonDropsIsGoneAndWhatWaitedBehindItGoesOn() {
        bench.deliver(event().opened(1));
        refuseWords("forbidden words");
        bench.deliver(event().message("m-1", "forbidden words"));
        bench.deliver(event().message("m-2", "fine words"));
        long dead = bench.letters().list(open(), 10).get(0).id();

        bench.letters().drop(of(dead), "Beth Anglin", "Spam", bench.clock.instant());
        bench.replayAll();

        assertThat(said()).contains("fine words").doesNotContain("forbidden words");
        assertThat(bench.store().deadLetters()).isEmpty();
        assertThat(bench.letters().acts(dead)).singleElement().satisfies(act -> {
            assertThat(act.by()).isEqualTo("Beth Anglin");
            assertThat(act.reason()).isEqualTo("Spam");
        });
    }

    @Test
    void aLetterThatWasAskedForWaitsForTheDeadOneBeforeIt() {
        bench.deliver(event().opened(1));
        refuseWords("forbidden words");
        bench.deliver(event().message("m-1", "forbidden words, first"));
        bench.deliver(event().message("m-2", "forbidden words, second"));
        askFor(bench.letters().list(open(), 10).get(0).id());
        bench.replayAll();
        bench.letters().drop(of(first()), "Beth Anglin", "Spam", bench.clock.instant());
        bench.replayAll();

        assertThat(bench.store().deadLetters()).extracting(DeadLetter::state).containsExactly(State.DEAD);
        allowWords();
        askForAll();
        bench.replayAll();
        assertThat(said()).contains("second").doesNotContain("first");
    }

    @Test
    void aNoteOfAutomationThatWasRefusedIsWrittenWhenItIsReplayed() {
        bench.deliver(event().opened(1));
        bench.deliver(event().remediation("r-1", "forbidden words"));
        refuseWords("forbidden words");
        bench.pass(Duration.ofMinutes(3));
        assertThat(bench.store().deadLetters()).extracting(DeadLetter::kind).containsExactly(DeadLetter.Kind.NOTE);
        allowWords();

        askForAll();
        bench.replayAll();
        bench.pass(Duration.ofMinutes(1));

        assertThat(said()).containsOnlyOnce("forbidden words");
        assertThat(bench.store().deadLetters()).isEmpty();
    }

    @Test
    void aRecoveryThatIsRefusedForHoursIsOneLetter() {
        bench.deliver(event().opened(1));
        bench.deliver(event().resolved(2));
        bench.serviceNow.switches().abortWrites("Nobody resolves", value -> true);

        for (int hour = 0; hour < 3; hour++) {
            bench.pass(Duration.ofMinutes(61));
        }

        assertThat(bench.store().deadLetters()).extracting(DeadLetter::kind).containsExactly(DeadLetter.Kind.RULE);
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        allowWords();
        bench.pass(Duration.ofMinutes(61));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void anEventNobodyCanReadIsKeptAgain() {
        bench.attempt("{\"specversion\": \"1.0\"".getBytes(StandardCharsets.UTF_8));

        askForAll();
        bench.replayAll();

        assertThat(bench.store().deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.state()).isEqualTo(State.KEPT);
            assertThat(letter.attempts()).isEqualTo(2);
        });
    }

    /** More letters of one ticket than a run looks at together. */
    @Test
    void aTicketWithManyLettersThatHaveToWaitHidesNoOther() {
        bench.deliver(event().opened(1));
        refuseWords("forbidden words");
        bench.deliver(event().message("m-1", "forbidden words"));
        KeptLetter first = bench.letters().list(open(), 1).get(0);
        Commit more = new Commit();
        for (int i = 0; i < 600; i++) {
            more.deadLetter(copy(first.letter(), i));
        }
        bench.store().commit(more);
        bench.deliver(
                PortalEvent.of("room-13", SIGNAL).at(bench.clock.instant()).opened(1));
        bench.deliver(
                PortalEvent.of("room-13", SIGNAL).at(bench.clock.instant()).message("m-13", "forbidden words"));
        allowWords();
        askForAll();
        bench.serviceNow.faults().on(RequestMatcher.method("PATCH")).next(1, Fault.htmlPage(503));

        bench.replay();

        assertThat(bench.journal("room-13", SIGNAL)).anyMatch(entry -> entry.contains("forbidden words"));
    }

    private static DeadLetter copy(DeadLetter letter, int number) {
        return new DeadLetter(
                letter.tenant(),
                letter.instance(),
                new ChangeId(letter.change().value() + "-" + number),
                letter.ticket(),
                letter.kind(),
                letter.lane(),
                State.KEPT,
                letter.reason(),
                letter.detail(),
                letter.payload(),
                1,
                letter.at());
    }

    @Test
    void whileAnotherProcessReplaysThisOneDoesNot() {
        theCreateIsRefused();
        bench.deliver(event().opened(1));
        theCreateIsAllowed();
        askForAll();
        bench.onDuty(false);

        assertThat(bench.replay()).isZero();

        bench.onDuty(true);
        assertThat(bench.replay()).isEqualTo(1);
    }

    @Test
    void anOpenLetterKeepsItsPayloadForEverAndASettledOneForThirtyDays() {
        theCreateIsRefused();
        bench.deliver(event().opened(1));
        Retention retention =
                new Retention(bench.books().purge(), Duration.ofDays(90), Duration.ofDays(30), bench.clock);
        long id = first();
        bench.clock.advance(Duration.ofDays(400));
        retention.forget();
        assertThat(bench.letters().find(id).orElseThrow().letter().payload()).contains("ticket.opened");

        bench.letters().drop(of(id), "Beth Anglin", "The room is gone", bench.clock.instant());
        bench.clock.advance(Duration.ofDays(30));
        retention.forget();
        assertThat(bench.letters().find(id)).isPresent();

        bench.clock.advance(Duration.ofSeconds(1));
        retention.forget();
        assertThat(bench.letters().find(id)).isEmpty();
        assertThat(bench.letters().acts(id))
                .as("who dropped it is known for ever")
                .hasSize(1);
    }

    /** Dies once at every place of a replay; each time the next run finishes what was begun. */
    @Test
    void aCrashAnywhereInAReplayRepeatsNothingAndLosesNothing() {
        boolean died = true;
        int place = 0;
        while (died) {
            String room = "room-" + ++place;
            theCreateIsRefused();
            bench.deliver(PortalEvent.of(room, SIGNAL).at(bench.clock.instant()).opened(1));
            bench.deliver(PortalEvent.of(room, SIGNAL).at(bench.clock.instant()).message("m-1-" + room, "one of two"));
            bench.deliver(PortalEvent.of(room, SIGNAL).at(bench.clock.instant()).message("m-2-" + room, "two of two"));
            theCreateIsAllowed();
            askForAll();
            bench.dieAtStoreAccess(place);
            died = diesIn(bench::replayAll);
            bench.replayAll();

            assertThat(bench.serviceNow.desk().incidents()).as(room).hasSize(place);
            assertThat(String.join("\n", bench.journal(room, SIGNAL)))
                    .as(room)
                    .containsOnlyOnce("one of two")
                    .containsOnlyOnce("two of two")
                    .containsSubsequence("one of two", "two of two");
            assertThat(bench.store().deadLetters()).as(room).isEmpty();
        }
        assertThat(place).as("places to crash at").isGreaterThan(15);
    }

    private boolean diesIn(Runnable act) {
        try {
            act.run();
            bench.dieAtStoreAccess(Integer.MAX_VALUE);
            return false;
        } catch (MortalDataSource.Crash died) {
            bench.reborn();
            return true;
        }
    }

    private void theCreateIsRefused() {
        bench.serviceNow.switches().mandatoryOnInsert().add("business_service");
    }

    private void theCreateIsAllowed() {
        bench.serviceNow.switches().mandatoryOnInsert().clear();
    }

    private void refuseWords(String words) {
        bench.serviceNow.switches().abortWrites("No such words", value -> value.contains(words));
    }

    private void allowWords() {
        bench.serviceNow.switches().abortWrites("No such words", value -> false);
    }

    private void askForAll() {
        bench.letters().ask(open(), "Beth Anglin", "The instance was mended", bench.clock.instant());
    }

    private void askFor(long id) {
        bench.letters().ask(of(id), "Beth Anglin", "The instance was mended", bench.clock.instant());
    }

    private long first() {
        return bench.letters().list(open(), 1).get(0).id();
    }

    private static LetterFilter open() {
        return new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty());
    }

    private static LetterFilter of(long id) {
        return new LetterFilter(List.of(id), LetterFilter.OPEN, Optional.empty(), Optional.empty());
    }

    private String said() {
        return String.join("\n", bench.journal(ROOM, SIGNAL));
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
