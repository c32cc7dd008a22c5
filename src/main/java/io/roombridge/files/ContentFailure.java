package io.roombridge.files;

import java.time.Duration;
import java.util.Optional;

/** A content of the portal that could not be read or written, and what can be done about it. Carries no credential. */
public final class ContentFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What can be done. */
    public enum Kind {
        /** The address is no longer valid: ask for a fresh one. */
        EXPIRED,
        /** The address may not be used by this configuration, or the endpoint refuses the content: repeating cannot help. */
        REFUSED,
        /** The endpoint does not answer as it should, for any content. */
        UNAVAILABLE,
        /** Something went wrong on the way of this content. */
        BROKEN
    }

    private final Kind kind;
    private final Duration retryAfter;

    ContentFailure(Kind kind, String detail, Optional<Duration> retryAfter, Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.retryAfter = retryAfter.orElse(null);
    }

    static ContentFailure of(Kind kind, String detail) {
        return new ContentFailure(kind, detail, Optional.empty(), null);
    }

    public Kind kind() {
        return kind;
    }

    /** How long the endpoint asks to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
