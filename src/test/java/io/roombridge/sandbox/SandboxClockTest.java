package io.roombridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SandboxClockTest {

    private static final Instant START = Instant.parse("2026-06-04T07:00:00Z");

    private final AtomicLong realNanos = new AtomicLong(42);

    @Test
    void standsStillUntilItIsJumped() {
        SandboxClock clock = new SandboxClock(START, 0, realNanos::get);

        realNanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(clock.instant()).isEqualTo(START);

        clock.advanceBy(Duration.ofMinutes(5));
        clock.advanceTo(START.plusSeconds(600));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void runsAtItsSpeedAndGoesOnFromAJump() {
        SandboxClock clock = new SandboxClock(START, 60, realNanos::get);

        realNanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(120));

        clock.advanceTo(START.plusSeconds(1000));
        realNanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1060));
    }

    @Test
    void neverGoesBack() {
        SandboxClock clock = new SandboxClock(START, 1, realNanos::get);

        clock.advanceTo(START.minusSeconds(1));

        assertThat(clock.instant()).isEqualTo(START);
        assertThatThrownBy(() -> clock.advanceBy(Duration.ofSeconds(-1))).hasMessageContaining("never goes back");
    }

    @Test
    void refusesASpeedThatIsNone() {
        assertThatThrownBy(() -> SandboxClock.running(START, -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> SandboxClock.running(START, Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void knowsHowLongToWaitInRealTime() {
        SandboxClock running = new SandboxClock(START, 60, realNanos::get);
        SandboxClock standing = new SandboxClock(START, 0, realNanos::get);

        assertThat(running.realTimeUntil(START.plusSeconds(600))).isEqualTo(Duration.ofSeconds(10));
        assertThat(running.realTimeUntil(START.minusSeconds(600))).isZero();
        assertThat(standing.realTimeUntil(START.plusSeconds(1))).isGreaterThan(Duration.ofDays(10_000));
    }

    @Test
    void isInUtcAndCanBeSeenFromAnotherZone() {
        SandboxClock clock = SandboxClock.standingStill(START);

        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin")).instant()).isEqualTo(START);
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin")).withZone(ZoneOffset.UTC))
                .isSameAs(clock);
    }

    @Test
    void isReadMonotonouslyWhileManyThreadsJumpIt() throws Exception {
        SandboxClock clock = SandboxClock.running(START, 1000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> walks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                walks.add(() -> readsMonotonously(clock));
            }
            for (Future<Boolean> walk : threads.invokeAll(walks)) {
                assertThat(walk.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean readsMonotonously(SandboxClock clock) {
        Instant last = clock.instant();
        for (int step = 0; step < 10_000; step++) {
            clock.advanceTo(last.plusMillis(step % 7 - 3));
            Instant now = clock.instant();
            if (now.isBefore(last)) {
                return false;
            }
            last = now;
        }
        return true;
    }
}
