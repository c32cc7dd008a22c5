package io.roombridge.route;

import io.roombridge.correlation.Purge;
import io.roombridge.correlation.Purge.Ages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes out what has outlived its use. Tickets, and dead letters a person has to see, are never deleted here. */
public final class Retention {

    /** What the portal, its customers and the desk said in words (issue 8): ServiceNow and the portal have it. */
    private static final Duration KEEP_PAYLOADS = Duration.ofDays(7);

    /** From the moment in which a person replayed or dropped them. */
    private static final Duration KEEP_SETTLED_LETTERS = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Purge purge;
    private final Duration history;
    private final Duration outcomes;
    private final Clock clock;

    /**
     * @param history how long the history of tickets is kept
     * @param outcomes how long it is remembered what became of an event; longer than the hub keeps events, or an old event
     *     could be applied again
     */
    public Retention(Purge purge, Duration history, Duration outcomes, Clock clock) {
        this.purge = purge;
        this.history = history;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** Called by the route {@code retention}; returns how many rows went or lost their words. */
    public int forget() {
        Instant now = clock.instant();
        Map<String, Integer> gone = purge.before(new Ages(
                now,
                now.minus(history),
                now.minus(outcomes),
                now.minus(KEEP_PAYLOADS),
                now.minus(KEEP_SETTLED_LETTERS)));
        if (!gone.isEmpty()) {
            LOG.atInfo().addKeyValue("found", gone).log("what had outlived its use is gone from the store");
        }
        return gone.values().stream().mapToInt(Integer::intValue).sum();
    }
}
