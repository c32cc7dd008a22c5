package io.roombridge.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;

/**
 * Keeps the bridge inside the instance's hourly limit: it learns the limit from {@code X-RateLimit-*}, counts its own
 * calls because no header tells what is left (facts/servicenow.md, section 6), and lets the less important calls wait
 * first, so that a new incident can still be created when the hour is nearly spent.
 *
 * <p>Pure: the time is an argument. One lock, held for arithmetic only.
 */
final class RateGovernor {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SAME_WINDOW = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** What a call is for, and the share of the hour that calls of its kind may use up. */
    enum Purpose {
        CREATE(1.0),
        WRITE(0.95),
        READ(0.9),
        POLL(0.7);

        private final double share;

        Purpose(double share) {
            this.share = share;
        }

        private int of(int limit) {
            return this == CREATE ? limit : Math.min(limit - 1, (int) (limit * share));
        }
    }

    private final DoubleSupplier jitter;

    private OptionalInt limit;
    private int used;
    private Instant windowEnd = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;
    private int refusals;

    /** @param jitter numbers from 0 to 1, so that several workers do not come back at the same moment */
    RateGovernor(OptionalInt hint, DoubleSupplier jitter) {
        this.limit = hint;
        this.jitter = jitter;
    }

    /** Counts the call and lets it go, or says how long it has to wait. */
    synchronized Optional<Duration> admit(Purpose purpose, Instant now) {
        Optional<Duration> wait = wait(purpose, now);
        used += wait.isEmpty() ? 1 : 0;
        return wait;
    }

    /** What {@link #admit} would say now, without being a call. */
    synchronized Optional<Duration> wait(Purpose purpose, Instant now) {
        if (now.isBefore(pausedUntil)) {
            return Optional.of(Duration.between(now, pausedUntil));
        }
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(HOUR);
            used = 0;
        }
        boolean spent = limit.isPresent() && used >= purpose.of(limit.getAsInt());
        return spent ? Optional.of(Duration.between(now, windowEnd)) : Optional.empty();
    }

    /** Takes in what an answer says about the limit. */
    synchronized void learn(AnswerFacts facts, Instant now) {
        if (facts.hourlyLimit().isPresent()) {
            limit = facts.hourlyLimit();
        }
        facts.windowLeft(now)
                .filter(left -> !left.isNegative() && left.compareTo(HOUR) <= 0)
                .ifPresent(left -> windowEndsAt(now.plus(left)));
        if (facts.status() != 0 && facts.status() != 429) {
            refusals = 0;
        }
    }

    /**
     * The instance refused a call with 429: no call leaves for a while.
     *
     * @param retryAfter what the instance asked for; a full queue asks for nothing
     * @return how long the pause is
     */
    synchronized Duration refused(Optional<Duration> retryAfter, Instant now) {
        Instant until = now.plus(retryAfter.orElseGet(this::pause));
        pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
        refusals++;
        return Duration.between(now, pausedUntil);
    }

    /** A later end than the known one is a new window, which may begin before this side expects it. */
    private void windowEndsAt(Instant end) {
        if (end.isAfter(windowEnd.plus(SAME_WINDOW))) {
            used = 0;
        }
        windowEnd = end;
    }

    /** A full queue: wait longer each time, and not all together. */
    private Duration pause() {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(refusals, 10));
        Duration longest = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return longest.plusMillis((long) (longest.toMillis() * jitter.getAsDouble() / 2));
    }
}
