package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A call that did not do what was asked, with everything the write path decides by. Never carries a credential.
 *
 * <p>{@link #ambiguous()} is the question that counts after a write: true means that it may have been done and has to be
 * looked up before it is repeated; false means that certainly nothing was written.
 */
public final class ServiceNowFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final Scope scope;
    private final int status;
    private final boolean ambiguous;
    private final Duration retryAfter;
    private final String detail;

    /**
     * @param scope empty when repeating the same call cannot help
     * @param status the HTTP status; 0 when no answer came or no call was made
     * @param retryAfter how long the instance or the gateway asks to wait
     * @param detail the instance's own words, verbatim, or what happened on the way
     */
    ServiceNowFailure(
            Reason reason,
            Optional<Scope> scope,
            int status,
            boolean ambiguous,
            Optional<Duration> retryAfter,
            String detail,
            Throwable cause) {
        super(reason.label() + (status == 0 ? "" : " (HTTP " + status + ")") + ": " + detail, cause);
        this.reason = reason;
        this.scope = scope.orElse(null);
        this.status = status;
        this.ambiguous = ambiguous;
        this.retryAfter = retryAfter.orElse(null);
        this.detail = Objects.requireNonNull(detail, "detail");
    }

    /** A call that the gateway did not make, because every call would fail or wait now. */
    static ServiceNowFailure notCalled(Reason reason, Duration retryAfter, String detail) {
        return new ServiceNowFailure(
                reason, Optional.of(Scope.INSTANCE), 0, false, Optional.of(retryAfter), detail, null);
    }

    /** A status of success around an answer that nobody asked for. */
    static ServiceNowFailure unexpected(boolean write, String detail) {
        Reason reason = write ? Reason.AMBIGUOUS : Reason.UNAVAILABLE;
        return new ServiceNowFailure(reason, Optional.of(Scope.CHANGE), 200, write, Optional.empty(), detail, null);
    }

    /** The instance ignored a condition or an order, so that neither what came nor what did not come proves anything. */
    static ServiceNowFailure notAskedFor(String what, String field) {
        return new ServiceNowFailure(
                Reason.REFUSED_BY_ACL,
                Optional.of(Scope.INSTANCE),
                200,
                false,
                Optional.empty(),
                "the instance returned " + what + " that were not asked for; let the integration user read and query "
                        + field,
                null);
    }

    public Reason reason() {
        return reason;
    }

    /** Whose fault it is; empty when the call was refused for good. */
    public Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }

    /** Refused for good: the same call will be refused again. */
    public boolean permanent() {
        return scope == null;
    }

    /** The HTTP status; 0 when no answer came or no call was made. */
    public int status() {
        return status;
    }

    /** The write may have been done. */
    public boolean ambiguous() {
        return ambiguous;
    }

    /** Certainly nothing was written, so a repetition needs no look-up. */
    public boolean nothingWritten() {
        return !ambiguous;
    }

    /** How long to wait at least, when the instance or the gateway says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The instance's own words, or what happened on the way; no secrets. */
    public String detail() {
        return detail;
    }

    /**
     * The same failure for the consumer's retry loop.
     *
     * @throws IllegalStateException when the failure is permanent
     */
    public RetryLater asRetryLater() {
        if (permanent()) {
            throw new IllegalStateException("a permanent failure is not retried: " + getMessage(), this);
        }
        return new RetryLater(reason, scope, retryAfter().orElse(Duration.ZERO), detail, this);
    }

    /** The same failure, as one that the whole instance suffers. */
    ServiceNowFailure ofTheInstance(Duration wait) {
        return new ServiceNowFailure(
                reason, Optional.of(Scope.INSTANCE), status, ambiguous, Optional.of(wait), detail, this);
    }
}
