package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.empty;
import static io.roombridge.servicenow.ScriptedInstance.html;
import static io.roombridge.servicenow.ScriptedInstance.json;
import static io.roombridge.servicenow.ScriptedInstance.reset;
import static io.roombridge.servicenow.ScriptedInstance.silence;
import static io.roombridge.servicenow.ScriptedInstance.stalled;
import static io.roombridge.servicenow.ScriptedInstance.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.servicenow.ScriptedInstance.Reply;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each answer that an instance was ever seen to give, as bytes on a socket, through the real component. */
class AnswerShapesTest {

    private static final String INCIDENT = "0123456789abcdef0123456789abcdef";
    private static final Optional<Scope> INSTANCE = Optional.of(Scope.INSTANCE);
    private static final Optional<Scope> CHANGE = Optional.of(Scope.CHANGE);
    private static final Optional<Scope> NEVER = Optional.empty();
    private static final boolean PERHAPS = true;
    private static final boolean NOT_DONE = false;

    private static final String NO_ANSWER = "no answer";
    private static final String ENDLESS_ANSWER = "an answer that never ends";
    private static final Set<String> ENDLESS = Set.of(NO_ANSWER, ENDLESS_ANSWER);
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    private static DefaultCamelContext camel;

    @BeforeAll
    static void startCamel() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stopCamel() {
        camel.stop();
    }

    static Stream<Arguments> answersToAWrite() {
        return Stream.of(
                row("unknown table", error(400, "Invalid table incdent", null), Reason.REFUSED, NEVER, NOT_DONE),
                row(
                        "wrong base URL",
                        error(400, "Requested URI does not represent any resource", null),
                        Reason.UNAVAILABLE,
                        INSTANCE,
                        NOT_DONE),
                row(
                        "bad credentials",
                        error(401, "User Not Authenticated", "Required to provide Auth information"),
                        Reason.UNAUTHORIZED,
                        INSTANCE,
                        NOT_DONE),
                row("bad credentials, a page", html(401), Reason.UNAUTHORIZED, INSTANCE, NOT_DONE),
                row("bad credentials, nothing", empty(401), Reason.UNAUTHORIZED, INSTANCE, NOT_DONE),
                row(
                        "data policy",
                        error(
                                403,
                                "Operation Failed",
                                "Data Policy Exception: The following fields are mandatory: Resolution code"),
                        Reason.REFUSED_BY_POLICY,
                        NEVER,
                        NOT_DONE),
                row(
                        "row ACL",
                        error(403, "Operation Failed", "ACL Exception Update Failed due to security constraints"),
                        Reason.REFUSED_BY_ACL,
                        NEVER,
                        NOT_DONE),
                row(
                        "business rule",
                        error(
                                403,
                                "Operation Failed",
                                "Operation against file 'incident' was aborted by Business Rule 'No^0123'."
                                        + " Business Rule Stack:No"),
                        Reason.REFUSED_BY_RULE,
                        NEVER,
                        NOT_DONE),
                row(
                        "API level ACL, often for a moment",
                        error(403, "User Not Authorized", "Failed API level ACL Validation"),
                        Reason.REFUSED_BY_ACL,
                        CHANGE,
                        NOT_DONE),
                row(
                        "token without scope",
                        error(403, "User Not Authorized", "Access to unscoped api is not allowed"),
                        Reason.UNAUTHORIZED,
                        INSTANCE,
                        NOT_DONE),
                row("another 403", error(403, "Operation Failed", "Something new"), Reason.REFUSED, NEVER, NOT_DONE),
                row(
                        "403 as plain text in JSON",
                        json(403, "{\"error\":\"denied\"}"),
                        Reason.UNAVAILABLE,
                        INSTANCE,
                        NOT_DONE),
                row("IP access control", html(403), Reason.UNAVAILABLE, INSTANCE, NOT_DONE),
                row(
                        "no such record",
                        error(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval"),
                        Reason.RECORD_GONE,
                        NEVER,
                        NOT_DONE),
                row("404 of a proxy", html(404), Reason.UNAVAILABLE, INSTANCE, NOT_DONE),
                row("405", html(405), Reason.REFUSED, NEVER, NOT_DONE),
                row("too long", html(414), Reason.REFUSED, NEVER, NOT_DONE),
                row(
                        "rate rule",
                        json(
                                429,
                                "{\"error\":{\"message\":\"Rate limit exceeded\",\"detail\":\"Rate limit of"
                                        + " 9 requests per hour for Table API exceeded\"},\"status\":\"failure\"}",
                                "Retry-After: 120"),
                        Reason.RATE_LIMITED,
                        INSTANCE,
                        NOT_DONE),
                row("semaphore queue full", html(429), Reason.RATE_LIMITED, INSTANCE, NOT_DONE),
                row("semaphore queue full, nothing", empty(429), Reason.RATE_LIMITED, INSTANCE, NOT_DONE),
                row("session queue overflow", empty(202), Reason.NOT_EXECUTED, INSTANCE, NOT_DONE),
                row(
                        "execution time",
                        error(500, "Transaction cancelled: maximum execution time exceeded", "x"),
                        Reason.UNAVAILABLE,
                        CHANGE,
                        PERHAPS),
                row("500 as a page", html(500), Reason.UNAVAILABLE, INSTANCE, PERHAPS),
                row("bad gateway", html(502), Reason.UNAVAILABLE, INSTANCE, PERHAPS),
                row("restarting", html(503), Reason.UNAVAILABLE, INSTANCE, PERHAPS),
                row("nothing behind a 503", empty(503), Reason.UNAVAILABLE, INSTANCE, PERHAPS),
                row(
                        "single sign-on",
                        json(302, "", "Location: http://127.0.0.1:1/login"),
                        Reason.UNAVAILABLE,
                        INSTANCE,
                        PERHAPS),
                row("hibernating", html(200), Reason.UNAVAILABLE, INSTANCE, PERHAPS),
                row(
                        "cut off inside JSON",
                        truncated(200, "{\"result\":{\"sys_id\":\"0123"),
                        Reason.AMBIGUOUS,
                        CHANGE,
                        PERHAPS),
                row(
                        "JSON that ends early",
                        json(200, "{\"result\":{\"sys_id\":\"0123"),
                        Reason.AMBIGUOUS,
                        CHANGE,
                        PERHAPS),
                row(
                        "gave up while answering",
                        json(
                                200,
                                "{\"result\":{\"sys_id\":\"" + INCIDENT
                                        + "\"},\"error\":{\"message\":\"cancelled\"},\"status\":\"failure\"}"),
                        Reason.AMBIGUOUS,
                        CHANGE,
                        PERHAPS),
                row("no result", json(200, "{}"), Reason.AMBIGUOUS, CHANGE, PERHAPS),
                row("nothing in a 201", empty(201), Reason.UNAVAILABLE, INSTANCE, PERHAPS),
                row(
                        "another record",
                        json(200, "{\"result\":{\"sys_id\":\"ffffffffffffffffffffffffffffffff\"}}"),
                        Reason.AMBIGUOUS,
                        CHANGE,
                        PERHAPS),
                row("a list", json(200, "{\"result\":[]}"), Reason.AMBIGUOUS, CHANGE, PERHAPS),
                row("connection reset", reset(), Reason.AMBIGUOUS, CHANGE, PERHAPS),
                row(ENDLESS_ANSWER, stalled(200, "{\"result\":{\"sys_id\":\"0123"), Reason.AMBIGUOUS, CHANGE, PERHAPS),
                row(NO_ANSWER, silence(), Reason.TIMED_OUT, CHANGE, PERHAPS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersToAWrite")
    void everyAnswerHasOneMeaning(String name, Reply reply, Reason reason, Optional<Scope> scope, boolean ambiguous)
            throws Exception {
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply);
                ServiceNowGateway gateway = gateway(instance, timeout(name))) {
            // When
            ServiceNowFailure failure =
                    catchThrowableOfType(ServiceNowFailure.class, () -> gateway.update(INCIDENT, Map.of("state", "6")));

            // Then
            assertThat(failure).as("failure").isNotNull();
            assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
            assertThat(failure.scope()).as("scope").isEqualTo(scope);
            assertThat(failure.ambiguous()).as("ambiguous").isEqualTo(ambiguous);
            assertThat(instance.calls()).as("calls").hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersToAWrite")
    void aReadIsNeverAmbiguous(String name, Reply reply, Reason reason, Optional<Scope> scope, boolean ambiguous)
            throws Exception {
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply);
                ServiceNowGateway gateway = gateway(instance, timeout(name))) {
            // When
            ServiceNowFailure failure =
                    catchThrowableOfType(ServiceNowFailure.class, () -> gateway.choices("incident", "close_code"));

            // Then
            if (failure != null) {
                assertThat(failure.ambiguous()).isFalse();
                assertThat(failure.scope()).as("scope").isEqualTo(scope);
            }
        }
    }

    @Test
    void theInstancesWordsAreKeptVerbatim() throws Exception {
        Reply reply = error(403, "Operation Failed", "Data Policy Exception: Felder fehlen: Lösungscode ^ 50%");
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply);
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            ServiceNowFailure failure =
                    catchThrowableOfType(ServiceNowFailure.class, () -> gateway.update(INCIDENT, Map.of("state", "6")));

            // Then
            assertThat(failure.detail())
                    .isEqualTo("Operation Failed: Data Policy Exception: Felder fehlen: Lösungscode ^ 50%");
            assertThat(failure.status()).isEqualTo(403);
        }
    }

    @Test
    void theWaitThatARateRuleAsksForIsKnown() throws Exception {
        Reply reply = json(
                429, "{\"error\":{\"message\":\"Rate limit exceeded\"},\"status\":\"failure\"}", "retry-after: 120");
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply);
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(INCIDENT));

            // Then
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(120));
        }
    }

    @Test
    void aRefusedConnectionWroteNothing() throws Exception {
        ScriptedInstance instance = new ScriptedInstance(call -> silence());
        instance.close();
        try (ServiceNowGateway gateway = gateway(instance)) {
            // When
            ServiceNowFailure failure = catchThrowableOfType(
                    ServiceNowFailure.class, () -> gateway.create(Map.of("short_description", "x")));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.scope()).isEqualTo(INSTANCE);
            assertThat(failure.nothingWritten()).isTrue();
        }
    }

    private static ServiceNowGateway gateway(ScriptedInstance instance) {
        return gateway(instance, GENEROUS);
    }

    private static ServiceNowGateway gateway(ScriptedInstance instance, Duration timeout) {
        InstanceSettings settings = InstanceSettings.of(
                        "test", instance.url(), new Credentials.Basic("bridge", "secret-word"))
                .withRecordsTimeout(timeout);
        return new ServiceNowGateway(camel, settings, Clock.systemUTC(), () -> 0);
    }

    private static Duration timeout(String name) {
        return ENDLESS.contains(name) ? Duration.ofMillis(700) : GENEROUS;
    }

    private static Reply error(int status, String message, String detail) {
        String words = detail == null ? "null" : "\"" + detail + "\"";
        return json(
                status,
                "{\"error\":{\"message\":\"" + message + "\",\"detail\":" + words + "},\"status\":\"failure\"}");
    }

    private static Arguments row(String name, Reply reply, Reason reason, Optional<Scope> scope, boolean ambiguous) {
        return Arguments.of(name, reply, reason, scope, ambiguous);
    }
}
