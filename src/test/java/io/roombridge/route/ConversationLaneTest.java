package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.conversation.TextHash;
import io.roombridge.correlation.Intent;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said in the portal stands in the journals of the incident: whole, once, in order, and for the right readers. */
class ConversationLaneTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";

    @BeforeEach
    void start() {
        bench.deliver(event().opened(1));
    }

    @Test
    void onlyWhatPeopleSayToCustomersBecomesAComment() {
        bench.deliver(event().said("m-1", "customer", "customer", "Seen by all"));
        bench.deliver(event().said("m-2", "partner", "internal", "Seen inside"));
        bench.deliver(event().said("m-3", "bot", "customer", "Said by a bot"));
        bench.deliver(event().said("m-4", "service", "internal", "Said by a service"));
        bench.pass(Gathered.WAIT);

        assertThat(comments()).singleElement().asString().contains("Seen by all");
        assertThat(notes())
                .anyMatch(note -> note.contains("Seen inside"))
                .anyMatch(note -> note.contains("Said by a bot") && note.contains("Said by a service"));
    }

    @Test
    void emojiRightToLeftAndCombiningTextArriveAsTheyWereWritten() {
        String text = "👩🏽‍💻🏳️‍🌈 שלום עולם مرحبا e\u0301 ñ 👍 𝔘𝔫𝔦";

        bench.deliver(event().message("m-1", text));

        assertThat(comments()).singleElement().asString().contains(text);
    }

    @Test
    void anHtmlMessageArrivesAsText() {
        bench.deliver(event().message("m-1", "<p>The <b>left</b> camera</p><ul><li>is dark</li></ul>")
                .html());

        assertThat(comments())
                .singleElement()
                .asString()
                .contains("The left camera\n- is dark")
                .doesNotContain("<");
    }

    @Test
    void aTextThatIsTooLongArrivesWholeInNumberedParts() {
        bench.deliver(event().message("m-1", longText("line", 500)));

        assertThat(comments())
                .hasSizeGreaterThan(2)
                .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(3900));
        assertWholeAndInOrder("line", 500);
    }

    @Test
    void emojiThatCountTwiceAreNotCutOffByTheInstance() {
        String text = "😀".repeat(5000);

        bench.deliver(event().message("m-1", text));

        assertThat(comments()).allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(4000));
        assertThat(String.join("", comments()).codePoints().filter(point -> point == 0x1F600))
                .hasSize(5000);
    }

    @Test
    void eachPartIsWrittenOnceWhenAnyOfTheirAnswersIsLost() {
        for (int part = 0; part < 3; part++) {
            for (Fault fault : List.of(
                    Fault.timeoutAfterCommit(),
                    Fault.timeoutBeforeCommit(),
                    Fault.lateCommit(Duration.ofSeconds(50)))) {
                String word = "w" + part + fault.toString().replaceAll("[^a-z]", "");
                failAtPart(part, fault);
                bench.deliver(event().message("m-" + word, longText(word, 400)));
                assertWholeAndInOrder(word, 400);
            }
        }
    }

    @Test
    void everyOwnTextIsKnownAgainByItsHash() {
        bench.deliver(event().message("m-1", longText("line", 300)));
        bench.deliver(event().severityOf("critical").severity(2, "critical"));
        bench.deliver(event().status(3, "needsAction", "investigating"));
        bench.deliver(event().remediation("r-1", "no luck"));
        bench.deliver(event().resolved(4));
        bench.pass(Duration.ofMinutes(20));
        bench.deliver(event().reopened(5, 2));

        Ticket ticket = bench.ticket(ROOM, SIGNAL);
        assertThat(bench.journal(ROOM, SIGNAL)).hasSizeGreaterThanOrEqualTo(7).allSatisfy(entry -> {
            int end = entry.stripTrailing().lastIndexOf("\nref ");
            assertThat(end).as("signed: %s", entry).isPositive();
            String reference = entry.substring(end + "\nref ".length()).strip();
            assertThat(bench.heard().ownText("main", reference))
                    .as("known: %s", entry)
                    .hasValueSatisfying(
                            own -> assertThat(own.bodyHash()).contains(TextHash.of(entry.substring(0, end))));
        });
        assertThat(ticket.current().orElseThrow().state()).isEqualTo(IncidentState.NEW);
    }

    @Test
    void nothingThatTheBridgeWroteIsToldToThePortal() {
        bench.deliver(event().message("m-1", longText("line", 300)));
        bench.deliver(event().severityOf("critical").severity(2, "critical"));
        bench.deliver(event().remediation("r-1", "no luck"));
        bench.pass(Gathered.WAIT);

        bench.poll();

        assertThat(bench.outbox().unsent(100)).isEmpty();
        assertThat(bench.told()).containsExactly("link-snow");
    }

    @Test
    void theHashStandsInTheIntentBeforeTheWriteLeaves() {
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        try {
            bench.attempt(event().message("m-1", "Is anybody there?"));
        } catch (RuntimeException later) {
            // The answer never came; the intent is all that the bridge has.
        }

        List<Intent> open = bench.store().intentsOf(bench.ticket(ROOM, SIGNAL), change("m-1"), 2);

        assertThat(open).singleElement().satisfies(intent -> {
            assertThat(intent.open()).isTrue();
            assertThat(intent.bodyHash()).isPresent();
        });
    }

    @Test
    void aCustomerWhoWroteInThePortalIsAPersonAtWork() {
        bench.deliver(event().message("m-1", "I am on site and exchange the cable"));
        bench.deliver(event().resolved(2));

        bench.pass(Duration.ofMinutes(20));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(notes()).anyMatch(note -> note.contains("The signal is healthy again since"));
    }

    @Test
    void aBotThatWroteInThePortalIsNot() {
        bench.deliver(event().said("m-1", "bot", "customer", "Diagnosis: customer, partner · nothing"));
        bench.deliver(event().resolved(2));

        bench.pass(Duration.ofMinutes(20));

        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aMessageForAnUnknownTicketWaitsForItsIncidentAndBotOutputForTwoMinutes() {
        Outcome outcome = bench.deliver(PortalEvent.of("room-9", SIGNAL).remediation("r-9", "restarted"));

        assertThat(outcome).isEqualTo(new Outcome.Delivered(Reason.GATHERED));
        assertThat(bench.journal("room-9", SIGNAL)).noneMatch(note -> note.contains("restarted"));
        bench.pass(Gathered.WAIT);
        assertThat(bench.journal("room-9", SIGNAL))
                .filteredOn(note -> note.contains("restarted"))
                .hasSize(1);
    }

    private void failAtPart(int part, Fault fault) {
        RequestMatcher patches =
                RequestMatcher.method("PATCH").and(RequestMatcher.bodyContains("(" + (part + 1) + "/"));
        bench.serviceNow.faults().on(patches).next(1, fault);
    }

    /** Every numbered word of the text, once, in order, over all comments. */
    private void assertWholeAndInOrder(String word, int count) {
        String all = String.join("\n", comments());
        List<String> found = all.lines()
                .filter(line -> line.startsWith(word + "-"))
                .map(line -> line.split(" ")[0])
                .toList();
        assertThat(found)
                .isEqualTo(
                        IntStream.range(0, count).mapToObj(i -> word + "-" + i).toList());
    }

    private static String longText(String word, int lines) {
        return IntStream.range(0, lines)
                .mapToObj(i -> word + "-" + i + " the camera of the room shows a picture")
                .collect(Collectors.joining("\n"));
    }

    private List<String> comments() {
        return bench.entries(bench.ticket(ROOM, SIGNAL), "comments");
    }

    private List<String> notes() {
        return bench.entries(bench.ticket(ROOM, SIGNAL), "work_notes");
    }

    private static ChangeId change(String id) {
        return new ChangeId("/mtrp/tenants/contoso#" + id);
    }

    private PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }
}
