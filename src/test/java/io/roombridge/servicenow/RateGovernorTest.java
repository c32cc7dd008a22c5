package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.servicenow.RateGovernor.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RateGovernorTest {

    private final TestClock clock = new TestClock();
    private final RateGovernor governor = new RateGovernor(OptionalInt.empty(), () -> 0);

    @Test
    void withoutALimitEveryCallGoes() {
        assertThat(admitted(Purpose.POLL, 10_000)).isEqualTo(10_000);
    }

    @Test
    void theLessImportantCallsWaitFirstAndCreatesHaveAReserve() {
        governor.learn(limit(100, Duration.ofMinutes(20)), clock.instant(), clock.instant());

        assertThat(admitted(Purpose.POLL, 200)).isEqualTo(70);
        assertThat(admitted(Purpose.READ, 200)).isEqualTo(20);
        assertThat(admitted(Purpose.WRITE, 200)).isEqualTo(5);
        assertThat(admitted(Purpose.CREATE, 200)).isEqualTo(5);
    }

    @Test
    void aTinyLimitStillLeavesOneCallForACreate() {
        governor.learn(limit(2, Duration.ofMinutes(20)), clock.instant(), clock.instant());

        assertThat(admitted(Purpose.WRITE, 5)).isEqualTo(1);
        assertThat(admitted(Purpose.CREATE, 5)).isEqualTo(1);
    }

    @Test
    void theWaitEndsWithTheWindowOfTheServersClock() {
        // Given: the server's clock is an hour ahead of ours
        Instant serverNow = clock.instant().plus(Duration.ofHours(1));
        AnswerFacts facts = AnswerFacts.of(
                200,
                Map.of(
                        "X-RateLimit-Limit", List.of("1"),
                        "X-RateLimit-Reset",
                                List.of("" + serverNow.plusSeconds(600).getEpochSecond()),
                        "Date", List.of("Mon, 1 Jun 2026 09:00:00 GMT")));
        governor.learn(facts, clock.instant(), clock.instant());
        assertThat(admitted(Purpose.CREATE, 3)).isEqualTo(1);

        // When, then
        assertThat(governor.admit(Purpose.CREATE, clock.instant())).contains(Duration.ofSeconds(600));
        clock.advance(Duration.ofSeconds(600));
        assertThat(admitted(Purpose.CREATE, 3)).isEqualTo(1);
    }

    @Test
    void aLimitFromTheSettingsHoldsUntilTheInstanceTellsItsOwn() {
        RateGovernor hinted = new RateGovernor(OptionalInt.of(10), () -> 0);
        for (int call = 0; call < 10; call++) {
            assertThat(hinted.admit(Purpose.CREATE, clock.instant())).isEmpty();
        }
        assertThat(hinted.admit(Purpose.CREATE, clock.instant())).contains(Duration.ofHours(1));

        hinted.learn(limit(1000, Duration.ofMinutes(30)), clock.instant(), clock.instant());

        assertThat(hinted.admit(Purpose.CREATE, clock.instant())).isEmpty();
    }

    @Test
    void aRefusalStopsEveryKindOfCallForAsLongAsTheInstanceAsks() {
        governor.refused(Optional.of(Duration.ofSeconds(90)), clock.instant());

        assertThat(governor.admit(Purpose.CREATE, clock.instant())).contains(Duration.ofSeconds(90));
        clock.advance(Duration.ofSeconds(90));
        assertThat(governor.admit(Purpose.CREATE, clock.instant())).isEmpty();
    }

    @Test
    void refusalsWithoutAWaitPauseLongerEachTimeUntilACallPasses() {
        for (int expected : new int[] {2, 4, 8, 16, 32, 64, 120, 120}) {
            assertThat(governor.refused(Optional.empty(), clock.instant())).isEqualTo(Duration.ofSeconds(expected));
            clock.advance(Duration.ofSeconds(expected));
        }
        governor.learn(AnswerFacts.of(201, Map.of()), clock.instant(), clock.instant());

        assertThat(governor.refused(Optional.empty(), clock.instant())).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aWindowThatTheInstanceBeganEarlierThanExpectedIsANewBudget() {
        // Given
        governor.learn(limit(10, Duration.ofMinutes(5)), clock.instant(), clock.instant());
        assertThat(admitted(Purpose.CREATE, 20)).isEqualTo(10);
        clock.advance(Duration.ofMinutes(4));

        // When: the same window again, off by a few seconds
        governor.learn(limit(10, Duration.ofSeconds(65)), clock.instant(), clock.instant());

        // Then
        assertThat(admitted(Purpose.CREATE, 20)).isZero();

        // When: the next window
        governor.learn(limit(10, Duration.ofMinutes(60)), clock.instant(), clock.instant());

        // Then
        assertThat(admitted(Purpose.CREATE, 20)).isEqualTo(10);
    }

    @Test
    void aNewHourIsANewBudget() {
        governor.learn(limit(10, Duration.ofHours(1)), clock.instant(), clock.instant());
        assertThat(admitted(Purpose.CREATE, 20)).isEqualTo(10);

        clock.advance(Duration.ofHours(1));

        assertThat(admitted(Purpose.CREATE, 20)).isEqualTo(10);
    }

    private int admitted(Purpose purpose, int tries) {
        int admitted = 0;
        for (int call = 0; call < tries; call++) {
            if (governor.admit(purpose, clock.instant()).isEmpty()) {
                admitted++;
            }
        }
        return admitted;
    }

    private AnswerFacts limit(int calls, Duration left) {
        return AnswerFacts.of(
                200,
                Map.of(
                        "x-ratelimit-limit", List.of("" + calls),
                        "x-ratelimit-reset",
                                List.of("" + clock.instant().plus(left).getEpochSecond())));
    }
}
