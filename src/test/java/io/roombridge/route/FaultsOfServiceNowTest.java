package io.roombridge.route;

import static io.roombridge.sandbox.servicenow.RequestMatcher.method;
import static io.roombridge.sandbox.servicenow.RequestMatcher.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of ServiceNow, played through the whole path of an event: what it is called, what waits, what is set aside,
 * and that nothing is written twice. The table for people is in docs/operations.md.
 */
class FaultsOfServiceNowTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Display";
    private static final String WORDS = "Is anybody there?";

    /**
     * A fault that passes: by what name a write waits for its end, and by what name a look; a look whose connection is cut is
     * asked again by the HTTP client itself, once and unnoticed, as it changes nothing.
     */
    private record Passing(Fault fault, Reason ofWrite, Optional<Reason> ofLook) {

        static Passing certainlyNotDone(Fault fault, Reason reason) {
            return new Passing(fault, reason, Optional.of(reason));
        }

        static Passing perhapsDone(Fault fault) {
            return new Passing(fault, Reason.AMBIGUOUS, Optional.of(Reason.UNAVAILABLE));
        }

        static Passing cut(Fault fault) {
            return new Passing(fault, Reason.AMBIGUOUS, Optional.empty());
        }
    }

    private static Stream<Passing> faultsThatPass() {
        return Stream.of(
                Passing.certainlyNotDone(Fault.unauthorized(), Reason.UNAUTHORIZED),
                Passing.certainlyNotDone(Fault.apiLevelAcl(), Reason.REFUSED_BY_ACL),
                Passing.certainlyNotDone(Fault.rateLimited(Duration.ofMinutes(20)), Reason.RATE_LIMITED),
                Passing.certainlyNotDone(Fault.queueFull(), Reason.RATE_LIMITED),
                Passing.certainlyNotDone(Fault.accepted(), Reason.NOT_EXECUTED),
                Passing.perhapsDone(Fault.maximumExecutionTime()),
                Passing.perhapsDone(Fault.htmlPage(503)),
                Passing.perhapsDone(Fault.htmlPage(302)),
                Passing.perhapsDone(Fault.hibernating()),
                Passing.perhapsDone(Fault.truncated()),
                Passing.perhapsDone(Fault.resultThenError()),
                Passing.cut(Fault.connectionReset()),
                Passing.cut(Fault.timeoutBeforeCommit()),
                Passing.cut(Fault.timeoutAfterCommit()),
                Passing.cut(Fault.lateCommit(Duration.ofSeconds(60))));
    }

    @TestFactory
    Stream<DynamicTest> aFaultThatPassesIsWaitedForAndThenEverythingStandsOnce() {
        return faultsThatPass()
                .map(passing -> DynamicTest.dynamicTest(passing.fault().toString(), () -> outlived(passing)));
    }

    private void outlived(Passing passing) {
        String room = "room-" + passing.fault().toString().replace(' ', '-');
        bench.serviceNow.faults().on(writes()).next(1, passing.fault());
        assertThat(waiting(opened(room))).isEqualTo(passing.ofWrite());
        assertThat(bench.deliver(opened(room))).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_CREATED));

        bench.serviceNow.faults().on(writes()).next(1, passing.fault());
        assertThat(waiting(message(room))).isEqualTo(passing.ofWrite());
        assertThat(bench.deliver(message(room))).isEqualTo(new Outcome.Delivered(Reason.NOTE_WRITTEN));

        bench.serviceNow.faults().on(method("GET")).next(1, passing.fault());
        assertThat(waits(worse(room))).isEqualTo(passing.ofLook());
        bench.deliver(worse(room));

        bench.machine.advance(Duration.ofMinutes(2));
        bench.serviceNow.tick();
        String ticket = bench.ticket(room, SIGNAL).id().value();
        assertThat(bench.serviceNow.desk().correlatedTo(ticket)).hasSize(1);
        assertThat(bench.incident(room, SIGNAL).field("urgency")).isEqualTo("1");
        assertThat(bench.journal(room, SIGNAL))
                .filteredOn(entry -> entry.contains(WORDS))
                .hasSize(1);
        assertThat(bench.store().deadLetters()).isEmpty();
    }

    /** A refusal for good: the rule that refuses, its name, and the words that a person has to read. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "data policy",
                        Reason.REFUSED_BY_POLICY,
                        "Operation Failed: Data Policy Exception: The following fields are mandatory: Service",
                        instance -> instance.switches().mandatoryOnInsert().add("business_service")),
                refusal(
                        "business rule",
                        Reason.REFUSED_BY_RULE,
                        "Operation Failed: Operation against file 'incident' was aborted by Business Rule"
                                + " 'No robots^",
                        instance -> instance.switches().abortWrites("No robots", value -> value.startsWith("rb-"))),
                refusal(
                        "access rule",
                        Reason.REFUSED_BY_ACL,
                        "Operation Failed: ACL Exception Insert Failed due to security constraints",
                        instance -> next(
                                instance,
                                Fault.forbidden(
                                        "Operation Failed",
                                        "ACL Exception Insert Failed due to security constraints"))),
                refusal(
                        "unknown refusal",
                        Reason.REFUSED,
                        "Zugriff verweigert: Fragen Sie Ihren Administrator",
                        instance -> next(
                                instance, Fault.forbidden("Zugriff verweigert", "Fragen Sie Ihren Administrator"))),
                refusal(
                        "bad request",
                        Reason.REFUSED,
                        "Invalid value: no such thing",
                        instance -> next(
                                instance,
                                Fault.answer(
                                        400,
                                        "application/json",
                                        "{\"error\":{\"message\":\"Invalid value\",\"detail\":\"no such thing\"},"
                                                + "\"status\":\"failure\"}"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusalIsADeadLetterInTheInstancesOwnWords(
            String name, Reason reason, String words, Consumer<EmbeddedServiceNow> rule) {
        rule.accept(bench.serviceNow);

        assertThat(bench.deliver(opened()).reason()).isEqualTo(reason);

        assertThat(bench.store().deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(reason);
            assertThat(letter.detail()).startsWith(words);
        });
        assertThat(bench.serviceNow.requests().writes()).as("asked once").hasSize(1);
        assertThat(bench.deliver(message())).isEqualTo(new Outcome.Parked(Reason.BEHIND_DEAD));
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();
    }

    @Test
    void anApiLevelRefusalThatLastsIsADeadLetterWhileOthersSucceed() {
        bench.deliver(opened("other"));
        bench.serviceNow.faults().on(method("POST")).always(Fault.apiLevelAcl());
        for (int tries = 1; tries < 10; tries++) {
            assertThat(waiting(opened())).isEqualTo(Reason.REFUSED_BY_ACL);
            bench.machine.advance(Duration.ofSeconds(30));
            bench.deliver(PortalEvent.of("other", SIGNAL).message("m-" + tries, WORDS));
        }

        assertThat(bench.deliver(opened()).reason()).isEqualTo(Reason.REFUSED_BY_ACL);

        assertThat(bench.store().deadLetters())
                .singleElement()
                .satisfies(letter ->
                        assertThat(letter.detail()).isEqualTo("User Not Authorized: Failed API level ACL Validation"));
    }

    @Test
    void anApiLevelRefusalOfEverythingIsAnOutageInWhichNothingIsGivenUp() {
        bench.serviceNow.faults().on(RequestMatcher.anything()).always(Fault.apiLevelAcl());
        for (int tries = 0; tries < 100; tries++) {
            waiting(opened("room-" + tries % 7));
            bench.machine.advance(Duration.ofMinutes(1));
        }

        assertThat(bench.store().deadLetters()).isEmpty();
    }

    @Test
    void aDeletedIncidentTakesNoMessageAndIsNotMadeAgainForIt() {
        bench.deliver(opened());
        bench.serviceNow.desk().as("admin").delete(bench.incident(ROOM, SIGNAL).sysId());

        assertThat(bench.deliver(message()).reason()).isEqualTo(Reason.RECORD_GONE);

        assertThat(bench.store().deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.payload()).contains(WORDS));
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();
    }

    @Test
    void basicAuthenticationBehindAGateWaitsForTheGate() {
        bench.serviceNow.switches().basicAuthGate(true);
        Optional<Reason> gated = waits(opened());

        bench.serviceNow.switches().basicAuthGate(false);
        bench.deliver(opened());

        assertThat(gated).contains(Reason.UNAUTHORIZED);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void refusedCredentialsAreTriedTwiceByHoweverManyEvents() {
        bench.serviceNow.faults().on(RequestMatcher.anything()).always(Fault.unauthorized());
        for (int second = 0; second < 600; second++) {
            assertThat(waiting(PortalEvent.of("room-" + second, SIGNAL).opened(1)))
                    .isEqualTo(Reason.UNAUTHORIZED);
            bench.machine.advance(Duration.ofSeconds(1));
        }

        assertThat(bench.serviceNow.requests().all()).hasSize(2);
    }

    @Test
    void aRefusedConnectionWroteNothingAndLeavesNothingOpen() {
        bench.serviceNow.close();

        assertThat(waiting(opened())).isEqualTo(Reason.UNAVAILABLE);

        assertThat(intents("where result is null")).isZero();
    }

    @Test
    void anAnswerThatTakesLongIsAnAnswer() {
        bench.serviceNow.faults().on(RequestMatcher.anything()).next(2, Fault.slow(Duration.ofMillis(300)));

        bench.attempt(opened());
        bench.attempt(message());

        assertThat(bench.serviceNow.requests().writes()).hasSize(2);
    }

    @Test
    void linksToAnotherHostAreNotFollowed() {
        bench.serviceNow.switches().linkHost(Optional.of(URI.create("http://127.0.0.1:1")));

        bench.attempt(opened());
        bench.attempt(message());
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .comment(bench.incident(ROOM, SIGNAL).sysId(), "On my way.");
        bench.poll();

        assertThat(bench.told()).contains("message-add");
    }

    @Test
    void nothingIsPreparedWhileTheInstanceIsLeftAlone() {
        List<String> before = List.of("a", "b", "c", "d", "e");
        List<String> meanwhile = List.of("f", "g", "h");
        Stream.concat(before.stream(), meanwhile.stream()).forEach(room -> bench.deliver(opened(room)));
        bench.serviceNow.faults().on(RequestMatcher.anything()).always(Fault.htmlPage(503));

        before.forEach(room -> waiting(message(room)));
        meanwhile.forEach(room -> waiting(message(room)));

        assertThat(intents("where kind = 'NOTE'")).isEqualTo(before.size());
    }

    private static PortalEvent opened() {
        return opened(ROOM);
    }

    private static PortalEvent opened(String room) {
        return PortalEvent.of(room, SIGNAL).opened(1);
    }

    private static PortalEvent message() {
        return message(ROOM);
    }

    private static PortalEvent message(String room) {
        return PortalEvent.of(room, SIGNAL).message("m-" + room, WORDS);
    }

    private static PortalEvent worse(String room) {
        return PortalEvent.of(room, SIGNAL).severity(2, "critical");
    }

    /** Why the event has to wait. */
    private Reason waiting(PortalEvent event) {
        return waits(event).orElseThrow(() -> new AssertionError("did not wait: " + event.id()));
    }

    private Optional<Reason> waits(PortalEvent event) {
        return Optional.ofNullable(catchThrowableOfType(RetryLater.class, () -> bench.attempt(event)))
                .map(RetryLater::reason);
    }

    private long intents(String which) {
        return bench.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from intent " + which)
                        .mapTo(Long.class)
                        .one());
    }

    private static void next(EmbeddedServiceNow instance, Fault fault) {
        instance.faults().on(writes()).next(1, fault);
    }

    private static Arguments refusal(String name, Reason reason, String words, Consumer<EmbeddedServiceNow> rule) {
        return Arguments.of(name, reason, words, rule);
    }
}
