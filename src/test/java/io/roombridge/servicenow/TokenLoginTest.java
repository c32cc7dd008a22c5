package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.html;
import static io.roombridge.servicenow.ScriptedInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.servicenow.ScriptedInstance.Call;
import io.roombridge.servicenow.ScriptedInstance.Reply;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenLoginTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";
    private static final Credentials CLIENT = new Credentials.ClientCredentials("bridge-app", "client word+&", "");
    private static final Credentials PASSWORD =
            new Credentials.Password("bridge-app", "client-word", "bridge", "user-word", "useraccount");

    private static DefaultCamelContext camel;

    private final TestClock clock = new TestClock();

    @BeforeAll
    static void startCamel() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stopCamel() {
        camel.stop();
    }

    @Test
    void manyCallersShareOneToken() throws Exception {
        AtomicInteger numbers = new AtomicInteger();
        try (ScriptedInstance instance = new ScriptedInstance(call -> token("t" + numbers.incrementAndGet(), 1800))) {
            Login login = login(instance, CLIENT);
            ExecutorService callers = Executors.newFixedThreadPool(16);
            CountDownLatch start = new CountDownLatch(1);
            try {
                // When
                List<Future<Authorization>> asked = new ArrayList<>();
                for (int caller = 0; caller < 16; caller++) {
                    asked.add(callers.submit(() -> {
                        start.await();
                        return login.authorization();
                    }));
                }
                start.countDown();

                // Then
                for (Future<Authorization> answer : asked) {
                    assertThat(answer.get()).isEqualTo(Authorization.bearer("t1"));
                }
                assertThat(instance.calls()).singleElement().satisfies(call -> {
                    assertThat(call.target()).isEqualTo("/oauth_token.do");
                    assertThat(call.headers())
                            .containsEntry("content-type", "application/x-www-form-urlencoded")
                            .doesNotContainKey("authorization");
                    assertThat(call.body())
                            .isEqualTo("grant_type=client_credentials&client_id=bridge-app"
                                    + "&client_secret=client+word%2B%26");
                });
            } finally {
                callers.shutdownNow();
            }
        }
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() throws Exception {
        AtomicInteger numbers = new AtomicInteger();
        try (ScriptedInstance instance = new ScriptedInstance(call -> token("t" + numbers.incrementAndGet(), 1800))) {
            Login login = login(instance, CLIENT);
            login.authorization();
            clock.advance(Duration.ofSeconds(1769));
            assertThat(login.authorization()).isEqualTo(Authorization.bearer("t1"));

            // When
            clock.advance(Duration.ofSeconds(1));

            // Then
            assertThat(login.authorization()).isEqualTo(Authorization.bearer("t2"));
        }
    }

    @Test
    void anInstanceThatGivesTheSameTokenAgainIsNotAskedAllTheTime() throws Exception {
        // Given: the token lives until a fixed moment, whoever asks (facts/servicenow.md, section 5)
        var end = clock.instant().plusSeconds(1800);
        try (ScriptedInstance instance = new ScriptedInstance(
                call -> token("same", Duration.between(clock.instant(), end).toSeconds()))) {
            Login login = login(instance, CLIENT);

            // When: somebody calls every second until the end
            for (int second = 0; second < 1800; second++) {
                login.authorization();
                clock.advance(Duration.ofSeconds(1));
            }

            // Then
            assertThat(instance.calls()).hasSizeLessThan(10);
        }
    }

    @Test
    void thePasswordGrantRefreshesAndLogsInAgainWhenTheRefreshIsRefused() throws Exception {
        List<String> grants = new ArrayList<>();
        Function<Call, Reply> script = call -> {
            grants.add(call.body().replaceAll(".*grant_type=(\\w+).*", "$1"));
            return switch (grants.size()) {
                case 3 -> refusal();
                default -> token("t" + grants.size(), 100);
            };
        };
        try (ScriptedInstance instance = new ScriptedInstance(script)) {
            Login login = login(instance, PASSWORD);

            // When
            login.authorization();
            clock.advance(Duration.ofSeconds(99));
            login.authorization();
            clock.advance(Duration.ofSeconds(99));
            Authorization last = login.authorization();

            // Then
            assertThat(grants).containsExactly("password", "refresh_token", "refresh_token", "password");
            assertThat(last).isEqualTo(Authorization.bearer("t4"));
            assertThat(instance.calls().get(0).body())
                    .contains("username=bridge", "password=user-word", "scope=useraccount");
            assertThat(instance.calls().get(1).body())
                    .contains("refresh_token=refresh", "client_secret=client-word")
                    .doesNotContain("user-word");
        }
    }

    @Test
    void refusedClientsAreUnauthorizedAndNoSecretIsTold() throws Exception {
        try (ScriptedInstance instance = new ScriptedInstance(call -> refusal())) {
            Login login = login(instance, PASSWORD);

            // When
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, login::authorization);

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(failure.scope()).contains(Scope.INSTANCE);
            assertThat(failure.nothingWritten()).isTrue();
            assertThat(failure.detail()).contains("server_error: access_denied");
            assertThat(failure.toString()).doesNotContain("user-word", "client-word");
        }
    }

    @Test
    void aTokenEndpointThatIsDownIsNotARefusal() throws Exception {
        List<Reply> replies = List.of(
                html(503),
                html(200),
                json(200, "{}"),
                ScriptedInstance.reset(),
                ScriptedInstance.silence(),
                ScriptedInstance.stalled(200, "{\"access_token\":\"t"));
        for (Reply reply : replies) {
            try (ScriptedInstance instance = new ScriptedInstance(call -> reply)) {
                Login login = Login.of(settings(instance, CLIENT).withRecordsTimeout(Duration.ofMillis(500)), clock);
                ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, login::authorization);

                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.nothingWritten()).isTrue();
            }
        }
    }

    @Test
    void aRefusedTokenIsReplacedOnceAndTheCallRepeatedOnce() throws Exception {
        // Given: the instance forgot the first token
        AtomicInteger numbers = new AtomicInteger();
        Function<Call, Reply> script = call -> {
            if (call.target().equals("/oauth_token.do")) {
                return token("t" + numbers.incrementAndGet(), 1800);
            }
            return call.headers().get("authorization").equals("Bearer t1")
                    ? json(401, "{\"error\":{\"message\":\"User Not Authenticated\",\"detail\":null}}")
                    : json(200, "{\"result\":{\"sys_id\":\"" + SYS_ID + "\"}}");
        };
        try (ScriptedInstance instance = new ScriptedInstance(script);
                ServiceNowGateway gateway = new ServiceNowGateway(camel, settings(instance, CLIENT), clock, () -> 0)) {
            // When
            var incident = gateway.read(SYS_ID);

            // Then
            assertThat(incident).isPresent();
            assertThat(instance.calls()).extracting(Call::method).containsExactly("POST", "GET", "POST", "GET");
        }
    }

    @Test
    void aSecondRefusalOfTheSameCallIsTheCallersToKnow() throws Exception {
        Function<Call, Reply> script = call -> call.target().equals("/oauth_token.do")
                ? token("always-refused", 1800)
                : json(401, "{\"error\":{\"message\":\"User Not Authenticated\",\"detail\":null}}");
        try (ScriptedInstance instance = new ScriptedInstance(script);
                ServiceNowGateway gateway = new ServiceNowGateway(camel, settings(instance, CLIENT), clock, () -> 0)) {
            // When
            ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(SYS_ID));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(instance.calls()).hasSize(4);
        }
    }

    private Login login(ScriptedInstance instance, Credentials credentials) {
        return Login.of(settings(instance, credentials), clock);
    }

    private static InstanceSettings settings(ScriptedInstance instance, Credentials credentials) {
        return InstanceSettings.of("test", instance.url(), credentials);
    }

    private static Reply token(String token, long seconds) {
        return json(
                200,
                "{\"access_token\":\"" + token + "\",\"refresh_token\":\"refresh\",\"scope\":\"useraccount\","
                        + "\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}");
    }

    private static Reply refusal() {
        return json(401, "{\"error_description\":\"access_denied\",\"error\":\"server_error\"}");
    }
}
