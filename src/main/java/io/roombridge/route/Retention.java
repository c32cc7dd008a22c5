package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.PortalOutbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes what has outlived its use. Tickets, and dead letters a person has to see, are never deleted here. */
public final class Retention {

    private static final Duration KEEP_UNKNOWN_TYPES = Duration.ofDays(7);

    private static final Duration KEEP_SETTLED_LETTERS = Duration.ofDays(30);

    /** What was told to the portal is no longer needed when its hub has kept it for its own time. */
    private static final Duration KEEP_COMMANDS = Duration.ofDays(7);

    private final CorrelationStore store;
    private final PortalOutbox outbox;
    private final Duration history;
    private final Duration outcomes;
    private final Clock clock;

    /**
     * @param history how long the history of tickets is kept
     * @param outcomes how long it is remembered what became of an event; longer than the hub keeps events, or an old event
     *     could be applied again
     */
    public Retention(CorrelationStore store, PortalOutbox outbox, Duration history, Duration outcomes, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.history = history;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** Called by the route {@code retention}; returns how many rows were deleted. */
    public int forget() {
        Instant now = clock.instant();
        return store.forgetBefore(
                        now.minus(history),
                        now.minus(outcomes),
                        now.minus(KEEP_UNKNOWN_TYPES),
                        now.minus(KEEP_SETTLED_LETTERS))
                + outbox.forgetBodiesBefore(now.minus(KEEP_COMMANDS));
    }
}
