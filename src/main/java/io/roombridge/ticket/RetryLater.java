package io.roombridge.ticket;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The change could not be finished now and stays in flight; the consumer presents it again in place. Thrown, not
 * returned, because it must pass through every step of a route untouched.
 *
 * <p>{@link #scope()} decides about patience (design, section 3.1): what the whole instance suffers is retried for ever,
 * what only this change meets is dead after a while.
 */
public final class RetryLater extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final Scope scope;
    private final Duration after;
    private final String detail;

    /** Whose fault it is. */
    public enum Scope {
        /** Every change would meet it: wait as long as it takes. */
        INSTANCE,
        /** Perhaps only this change: limited attempts while others succeed. */
        CHANGE
    }

    /** @param after wait at least this long; zero leaves the pace to the consumer's own backoff */
    public RetryLater(Reason reason, Scope scope, Duration after, String detail, Throwable cause) {
        super(reason.label() + ": " + detail, cause);
        this.reason = reason;
        this.scope = scope;
        this.after = after;
        this.detail = detail;
    }

    public RetryLater(Reason reason, Scope scope, Duration after, String detail) {
        this(reason, scope, after, detail, null);
    }

    /** The one among a failure and its causes: routes wrap what their beans throw. */
    public static Optional<RetryLater> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(RetryLater.class::isInstance)
                .map(RetryLater.class::cast)
                .findFirst();
    }

    public Reason reason() {
        return reason;
    }

    public Scope scope() {
        return scope;
    }

    public Duration after() {
        return after;
    }

    /** Why, without the reason's name; the instance's own words where it said any. */
    public String detail() {
        return detail;
    }
}
