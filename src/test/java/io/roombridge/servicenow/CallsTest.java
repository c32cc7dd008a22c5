package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.html;
import static io.roombridge.servicenow.ScriptedInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.roombridge.servicenow.ScriptedInstance.Reply;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many calls leave, and when none does. */
class CallsTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";
    private static final Reply ROW = json(200, "{\"result\":{\"sys_id\":\"" + SYS_ID + "\"}}");

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
    void aFailingInstanceIsLeftAloneAndThenAskedOnce() throws Exception {
        AtomicReference<Reply> reply = new AtomicReference<>(html(503));
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply.get());
                ServiceNowGateway gateway = gateway(instance)) {
            // Given
            for (int call = 0; call < 5; call++) {
                failure(gateway);
            }
            assertThat(instance.calls()).hasSize(5);

            // When
            ServiceNowFailure refused = failure(gateway);

            // Then
            assertThat(instance.calls()).hasSize(5);
            assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refused.scope()).contains(Scope.INSTANCE);
            assertThat(refused.retryAfter()).contains(Duration.ofSeconds(5));
            assertThat(refused.asRetryLater().after()).isEqualTo(Duration.ofSeconds(5));

            // When the pause is over and the instance is back
            reply.set(ROW);
            clock.advance(Duration.ofSeconds(5));

            // Then
            assertThat(gateway.read(SYS_ID)).isPresent();
            assertThat(gateway.read(SYS_ID)).isPresent();
            assertThat(instance.calls()).hasSize(7);
        }
    }

    @Test
    void aStoreThatIsAwayWhenTheInstanceIsAskedAgainDoesNotStopTheCallsForEver() throws Exception {
        AtomicReference<Reply> reply = new AtomicReference<>(html(503));
        StoreOfLimits store = new StoreOfLimits();
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply.get());
                ServiceNowGateway gateway =
                        new ServiceNowGateway(camel, settings(instance.url()), clock, () -> 0, store)) {
            for (int call = 0; call < 5; call++) {
                failure(gateway);
            }
            clock.advance(Duration.ofSeconds(5));

            // When the one call that finds out meets no store, before it leaves and after its answer
            store.away = true;
            assertThatThrownBy(() -> gateway.read(SYS_ID)).isSameAs(store.fault);
            store.away = false;
            reply.set(json(403, "{\"error\":{\"message\":\"Operation Failed\",\"detail\":\"no\"}}"));
            store.awayAfterTheCall = true;
            assertThatThrownBy(() -> gateway.read(SYS_ID)).isSameAs(store.fault);
            store.awayAfterTheCall = false;

            // Then
            reply.set(ROW);
            assertThat(gateway.read(SYS_ID)).isPresent();
        }
    }

    /** The limits of a cluster whose database is away for a moment. */
    private static final class StoreOfLimits implements SharedLimits {

        private final RuntimeException fault = new IllegalStateException("the database does not answer");
        private boolean away;
        private boolean awayAfterTheCall;

        private void ask(boolean missing) {
            if (missing) {
                throw fault;
            }
        }

        @Override
        public Optional<ServiceNowFailure> refusal(Instant now) {
            return Optional.empty();
        }

        @Override
        public Optional<ServiceNowFailure> admit(boolean mayTry, Instant now) {
            ask(away);
            return Optional.empty();
        }

        @Override
        public void answered(Instant now) {
            ask(awayAfterTheCall);
        }

        @Override
        public void abandoned(Instant now) {
            ask(awayAfterTheCall);
        }

        @Override
        public int refusedLogins(Instant now) {
            return 0;
        }

        @Override
        public void pause(ServiceNowFailure why, Duration pause, Instant now) {
            ask(awayAfterTheCall);
        }

        @Override
        public Hour reserve(int calls, Hour known, Instant now) {
            return known;
        }
    }

    @Test
    void refusedCredentialsAreNotTriedAThirdTime() throws Exception {
        Reply reply = json(401, "{\"error\":{\"message\":\"User Not Authenticated\",\"detail\":null}}");
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply);
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            for (int second = 0; second < 899; second++) {
                failure(gateway);
                clock.advance(Duration.ofSeconds(1));
            }

            // Then
            assertThat(instance.calls()).hasSize(2);
            assertThat(failure(gateway).reason()).isEqualTo(Reason.UNAUTHORIZED);
        }
    }

    @Test
    void noCallLeavesBeforeTheTimeThatARateRuleAskedFor() throws Exception {
        Reply limited = json(
                429, "{\"error\":{\"message\":\"Rate limit exceeded\"},\"status\":\"failure\"}", "Retry-After: 60");
        AtomicReference<Reply> reply = new AtomicReference<>(limited);
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply.get());
                ServiceNowGateway gateway = gateway(instance)) {
            // Given
            failure(gateway);
            reply.set(ROW);
            clock.advance(Duration.ofSeconds(59));

            // When, then
            assertThat(failure(gateway).retryAfter()).contains(Duration.ofSeconds(1));
            assertThat(instance.calls()).hasSize(1);
            clock.advance(Duration.ofSeconds(1));
            assertThat(gateway.read(SYS_ID)).isPresent();
        }
    }

    @Test
    void refusalsOfASingleCallDoNotStopTheOthers() throws Exception {
        Reply policy =
                json(403, "{\"error\":{\"message\":\"Operation Failed\",\"detail\":\"Data Policy Exception: x\"}}");
        try (ScriptedInstance instance =
                        new ScriptedInstance(call -> call.method().equals("PATCH") ? policy : ROW);
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            for (int call = 0; call < 20; call++) {
                catchThrowableOfType(ServiceNowFailure.class, () -> gateway.update(SYS_ID, Map.of("state", "6")));
            }

            // Then
            assertThat(instance.calls()).hasSize(20);
            assertThat(gateway.read(SYS_ID)).isPresent();
        }
    }

    @Test
    void atMostFourCallsRunAtTheSameTime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        Reply reply = (socket, out, closed) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            release.await();
            running.decrementAndGet();
            ROW.send(socket, out, closed);
        };
        ExecutorService callers = Executors.newFixedThreadPool(12);
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply);
                ServiceNowGateway gateway = gateway(instance)) {
            // When
            List<Future<Boolean>> asked = new ArrayList<>();
            for (int caller = 0; caller < 12; caller++) {
                asked.add(callers.submit(() -> gateway.read(SYS_ID).isPresent()));
            }
            await().until(() -> running.get() == 4);
            release.countDown();

            // Then
            for (Future<Boolean> answer : asked) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(most).hasValue(4);
            assertThat(instance.calls()).hasSize(12);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aWriteThatWaitedTooLongIsNotSent() throws Exception {
        // Given: a login that takes six seconds
        try (ScriptedInstance instance = new ScriptedInstance(call -> ROW)) {
            InstanceSettings settings = settings(instance.url());
            Login slow = new Login() {
                @Override
                public Authorization authorization() {
                    clock.advance(Duration.ofSeconds(6));
                    return Authorization.basic("bridge", "secret-word");
                }

                @Override
                public boolean refused(Authorization used) {
                    return false;
                }
            };
            try (Calls calls = new Calls(
                    settings,
                    clock,
                    slow,
                    new Wire(camel, settings),
                    new RateGovernor(settings.hourlyBudget(), () -> 0),
                    new Breaker(() -> 0),
                    settings.workers())) {
                // When
                ServiceNowFailure failure = catchThrowableOfType(
                        ServiceNowFailure.class,
                        () -> calls.record(Request.update("incident", SYS_ID, Map.of("state", "6"), List.of())));

                // Then
                assertThat(failure.reason()).isEqualTo(Reason.NOT_EXECUTED);
                assertThat(failure.nothingWritten()).isTrue();
                assertThat(instance.calls()).isEmpty();
                assertThat(calls.record(Request.read("incident", SYS_ID, List.of("sys_id"))))
                        .isNotNull();
            }
        }
    }

    @Test
    void anInterruptedWriteMayHaveBeenDoneAndTheInterruptIsKept() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        Reply reply = (socket, out, closed) -> {
            arrived.countDown();
            closed.await();
        };
        try (ScriptedInstance instance = new ScriptedInstance(call -> reply);
                ServiceNowGateway gateway = gateway(instance)) {
            AtomicReference<ServiceNowFailure> failure = new AtomicReference<>();
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                failure.set(catchThrowableOfType(
                        ServiceNowFailure.class, () -> gateway.create(Map.of("short_description", "x"))));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            arrived.await();

            // When
            caller.interrupt();
            caller.join();

            // Then
            assertThat(failure.get().reason()).isEqualTo(Reason.AMBIGUOUS);
            assertThat(failure.get().ambiguous()).isTrue();
            assertThat(interrupted.get()).isTrue();
        }
    }

    @Test
    void aWriteOnAConnectionThatBreaksIsNotSentAgain() throws Exception {
        AtomicInteger number = new AtomicInteger();
        Reply reset = ScriptedInstance.reset();
        try (ScriptedInstance instance = new ScriptedInstance(call -> number.incrementAndGet() == 1 ? ROW : reset);
                ServiceNowGateway gateway = gateway(instance)) {
            // Given: a connection that is kept open
            gateway.read(SYS_ID);

            // When
            ServiceNowFailure failure = catchThrowableOfType(
                    ServiceNowFailure.class, () -> gateway.create(Map.of("short_description", "x")));

            // Then
            assertThat(failure.ambiguous()).isTrue();
            assertThat(instance.calls()).hasSize(2);
            assertThat(instance.connections()).isEqualTo(1);
        }
    }

    private static ServiceNowFailure failure(ServiceNowGateway gateway) {
        ServiceNowFailure failure = catchThrowableOfType(ServiceNowFailure.class, () -> gateway.read(SYS_ID));
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    private ServiceNowGateway gateway(ScriptedInstance instance) {
        return new ServiceNowGateway(camel, settings(instance.url()), clock, () -> 0);
    }

    private static InstanceSettings settings(URI url) {
        return InstanceSettings.of("test", url, new Credentials.Basic("bridge", "secret-word"));
    }
}
