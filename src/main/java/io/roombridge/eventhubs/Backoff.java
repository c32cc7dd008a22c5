package io.roombridge.eventhubs;

import io.roombridge.ticket.RetryLater;
import java.time.Duration;

/** How long a failed delivery rests before its next attempt: doubling from {@code min} up to {@code max}, with jitter. */
public record Backoff(Duration min, Duration max) {

    /** Beyond this many doublings every sensible {@code max} is reached; it only keeps the arithmetic in range. */
    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (min.isNegative() || min.isZero() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException(
                    "a backoff needs 0 < min <= max, was min " + min + " and max " + max + "; raise max or lower min");
        }
    }

    /**
     * The wait after a failed attempt: at least half, at most all of the doubled time, so that what failed together does not
     * come back together.
     *
     * @param attempt the number of the attempt that failed, from 1
     * @param jitter from 0 to 1
     * @param failure may ask for a longer wait by a {@link RetryLater} among its causes
     */
    Duration after(int attempt, double jitter, Throwable failure) {
        long doubled = Math.min(max.toMillis(), min.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS));
        Duration own = Duration.ofMillis(Math.round(doubled * (0.5 + jitter / 2)));
        Duration asked = askedFor(failure);
        return own.compareTo(asked) < 0 ? asked : own;
    }

    private static Duration askedFor(Throwable failure) {
        return RetryLater.in(failure).map(RetryLater::after).orElse(Duration.ZERO);
    }
}
