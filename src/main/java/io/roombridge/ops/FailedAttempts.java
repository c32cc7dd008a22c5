package io.roombridge.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts wrong tokens by address. Who sends more than ten in a minute is told to wait, and fills no log. A right token is
 * let in even then: it cannot be guessed, and nobody shall lock an operator out by sending wrong ones.
 */
public final class FailedAttempts {

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int ALLOWED = 10;

    private static final int REMEMBERED = 1000;

    private final Clock machine;
    private final Map<String, Count> counts = new HashMap<>();

    private record Count(Instant since, int attempts) {}

    public FailedAttempts(Clock machine) {
        this.machine = machine;
    }

    /** One more wrong token of an address; returns whether that is too many. */
    public synchronized boolean tooMany(String address) {
        Instant now = machine.instant();
        if (counts.size() >= REMEMBERED) {
            counts.values().removeIf(count -> !now.isBefore(count.since().plus(WINDOW)));
        }
        if (counts.size() >= REMEMBERED && !counts.containsKey(address)) {
            return true;
        }
        Count count = counts.merge(
                address,
                new Count(now, 1),
                (known, one) -> now.isBefore(known.since().plus(WINDOW))
                        ? new Count(known.since(), known.attempts() + 1)
                        : one);
        return count.attempts() > ALLOWED;
    }
}
