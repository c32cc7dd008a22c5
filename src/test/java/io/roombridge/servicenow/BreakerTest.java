package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.servicenow.Breaker.Kind;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final TestClock clock = new TestClock();
    private final Breaker breaker = new Breaker(() -> 0);

    @Test
    void fiveFaultsOfTheInstanceInARowOpenIt() {
        fail(4, Kind.WRITE, Scope.INSTANCE, "a");
        assertThat(admitted()).isTrue();

        fail(1, Kind.WRITE, Scope.INSTANCE, "a");

        assertThat(refusal().reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refusal().scope()).contains(Scope.INSTANCE);
        assertThat(refusal().nothingWritten()).isTrue();
        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void aFaultOfOneRecordNeverStopsTheOthers() {
        fail(50, Kind.WRITE, Scope.CHANGE, "the same record");

        assertThat(admitted()).isTrue();
    }

    @Test
    void theSameFaultOnSeveralRecordsIsTheInstances() {
        fail(3, Kind.WRITE, Scope.CHANGE, "one record");
        fail(2, Kind.WRITE, Scope.CHANGE, "another record");

        assertThat(admitted()).isFalse();
    }

    @Test
    void anAnswerInBetweenStartsTheCountAgain() {
        fail(4, Kind.WRITE, Scope.INSTANCE, "a");
        breaker.answered(Kind.WRITE);
        fail(4, Kind.WRITE, Scope.INSTANCE, "a");

        assertThat(admitted()).isTrue();
    }

    @Test
    void readsThatWorkDoNotHideWritesThatFail() {
        for (int round = 0; round < 5; round++) {
            fail(1, Kind.WRITE, Scope.CHANGE, "record " + round);
            if (round < 4) {
                breaker.answered(Kind.READ);
            }
        }

        assertThat(admitted()).isFalse();
    }

    @Test
    void oneCallAtATimeFindsOutWhetherTheInstanceIsBack() {
        // Given
        fail(5, Kind.READ, Scope.INSTANCE, "a");
        clock.advance(Duration.ofSeconds(5));

        // When, then
        assertThat(admitted()).as("the probe").isTrue();
        assertThat(admitted()).as("a second call while the probe is under way").isFalse();
        assertThat(breaker.answered(Kind.READ)).as("closes").isTrue();
        assertThat(admitted()).isTrue();
        assertThat(admitted()).isTrue();
    }

    @Test
    void aProbeThatIsNotMadeLeavesThePlaceToTheNext() {
        fail(5, Kind.READ, Scope.INSTANCE, "a");
        clock.advance(Duration.ofSeconds(5));
        assertThat(admitted()).isTrue();

        breaker.abandoned();

        assertThat(admitted()).isTrue();
    }

    @Test
    void eachFailedProbeWaitsLonger() {
        fail(5, Kind.READ, Scope.INSTANCE, "a");
        for (int expected : new int[] {5, 10, 20, 40, 80, 160, 300, 300}) {
            assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(expected));
            clock.advance(Duration.ofSeconds(expected));
            assertThat(admitted()).as("the probe after " + expected).isTrue();
            fail(1, Kind.READ, Scope.INSTANCE, "a");
        }
    }

    @Test
    void callsThatWereUnderWayWhenItOpenedDoNotProlongIt() {
        fail(5 + 3, Kind.READ, Scope.INSTANCE, "a");

        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void whatTheInstanceAsksForIsHonoured() {
        fail(4, Kind.READ, Scope.INSTANCE, "a");
        breaker.failed(
                failure(Reason.UNAVAILABLE, Scope.INSTANCE, Optional.of(Duration.ofMinutes(7))),
                Kind.READ,
                "a",
                clock.instant());

        assertThat(refusal().retryAfter()).contains(Duration.ofMinutes(7));
    }

    @Test
    void refusedCredentialsAreTriedTwiceAndThenEveryQuarterOfAnHour() {
        // Given: the first try is refused
        refuseLogin();
        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));

        // When: the second, too
        assertThat(admitted()).isTrue();
        refuseLogin();

        // Then
        for (int quarter = 0; quarter < 4; quarter++) {
            assertThat(refusal().reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(refusal().retryAfter()).contains(Duration.ofMinutes(15));
            clock.advance(Duration.ofMinutes(15).minusMillis(1));
            assertThat(admitted()).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(admitted()).isTrue();
            assertThat(admitted()).isFalse();
            refuseLogin();
        }
    }

    @Test
    void aCommonCountThatBeganAnewDoesNotForgetOwnRefusals() {
        for (int login = 0; login < 2; login++) {
            breaker.refusedBefore(0);
            refuseLogin();
        }

        assertThat(refusal().retryAfter()).contains(Duration.ofMinutes(15));
    }

    @Test
    void acceptedCredentialsForgetTheRefusals() {
        refuseLogin();
        clock.advance(Duration.ofSeconds(5));
        assertThat(admitted()).isTrue();
        breaker.answered(Kind.READ);

        refuseLogin();

        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void rateLimitsAreNotFaults() {
        for (int round = 0; round < 20; round++) {
            breaker.failed(
                    failure(Reason.RATE_LIMITED, Scope.INSTANCE, Optional.empty()), Kind.WRITE, "a", clock.instant());
        }

        assertThat(admitted()).isTrue();
    }

    @Test
    void jitterOnlyLengthensAWait() {
        Breaker late = new Breaker(() -> 1);
        for (int round = 0; round < 5; round++) {
            late.failed(failure(Reason.UNAVAILABLE, Scope.INSTANCE, Optional.empty()), Kind.READ, "a", clock.instant());
        }

        assertThat(late.admit(clock.instant()).orElseThrow().retryAfter()).contains(Duration.ofMillis(6250));
    }

    private void fail(int times, Kind kind, Scope scope, String target) {
        for (int round = 0; round < times; round++) {
            breaker.failed(failure(Reason.UNAVAILABLE, scope, Optional.empty()), kind, target, clock.instant());
        }
    }

    private void refuseLogin() {
        breaker.failed(failure(Reason.UNAUTHORIZED, Scope.INSTANCE, Optional.empty()), Kind.READ, "a", clock.instant());
    }

    private boolean admitted() {
        return breaker.admit(clock.instant()).isEmpty();
    }

    private ServiceNowFailure refusal() {
        return breaker.admit(clock.instant()).orElseThrow();
    }

    private static ServiceNowFailure failure(Reason reason, Scope scope, Optional<Duration> retryAfter) {
        return new ServiceNowFailure(reason, Optional.of(scope), 503, true, retryAfter, "words", null);
    }
}
