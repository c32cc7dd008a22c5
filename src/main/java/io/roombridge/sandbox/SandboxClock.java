package io.roombridge.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The time of the sandbox. It stands still and is jumped, or runs at a factor of real time and may be jumped too.
 *
 * <p>It never goes back: a jump to an instant that has passed changes nothing, so threads that jump it at the same time
 * need not agree on an order. Safe for any number of threads. Its zone is UTC.
 */
public final class SandboxClock extends Clock {

    private final double speed;
    private final LongSupplier nanoTime;
    // Guarded by this: the instant at which the clock stood when the real time was "anchoredAt".
    private Instant anchor;
    private long anchoredAt;

    SandboxClock(Instant start, double speed, LongSupplier nanoTime) {
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException(
                    "the speed of the sandbox clock is " + speed + "; expected 0 (stand still) or a positive factor");
        }
        this.speed = speed;
        this.nanoTime = nanoTime;
        this.anchor = start;
        this.anchoredAt = nanoTime.getAsLong();
    }

    /** A clock that moves only when it is told to. */
    public static SandboxClock standingStill(Instant start) {
        return running(start, 0);
    }

    /** A clock on which {@code speed} seconds pass in each real second. */
    public static SandboxClock running(Instant start, double speed) {
        return new SandboxClock(start, speed, System::nanoTime);
    }

    @Override
    public synchronized Instant instant() {
        return anchor.plusNanos((long) ((nanoTime.getAsLong() - anchoredAt) * speed));
    }

    /** Jumps forward to the instant; one that has passed changes nothing. */
    public synchronized void advanceTo(Instant instant) {
        if (instant.isAfter(instant())) {
            anchor = instant;
            anchoredAt = nanoTime.getAsLong();
        }
    }

    /** Jumps forward by a duration, which may not be negative. */
    public synchronized void advanceBy(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "the sandbox clock never goes back; it was asked to advance by " + duration);
        }
        advanceTo(instant().plus(duration));
    }

    /** The real time until the clock shows the instant by itself; as long as can be on a clock that stands still. */
    public Duration realTimeUntil(Instant instant) {
        Duration ahead = Duration.between(instant(), instant);
        if (ahead.isNegative() || ahead.isZero()) {
            return Duration.ZERO;
        }
        double nanos = ahead.toNanos() / speed;
        return Duration.ofNanos((long) Math.min(nanos, Long.MAX_VALUE));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : new Zoned(zone);
    }

    /** The same clock seen from another zone. */
    private final class Zoned extends Clock {

        private final ZoneId zone;

        private Zoned(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return SandboxClock.this.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return SandboxClock.this.withZone(other);
        }
    }
}
