package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.Optional;

/** Is told of the calls to instances, for metrics. Called on the threads that call: quick, and without exceptions. */
@FunctionalInterface
public interface CallListener {

    /** A listener that ignores everything. */
    CallListener NONE = (instance, purpose, failure, took) -> {};

    /**
     * A call has ended; one that was never sent is not told.
     *
     * @param purpose create, write, read or poll
     * @param failure why it failed; empty when it did what it should
     * @param took with the login, if that needed a token
     */
    void called(String instance, String purpose, Optional<Reason> failure, Duration took);

    /**
     * A record that a mapping names was not taken.
     *
     * @param field of the incident
     * @param why none, several, unreadable or refused
     */
    default void missed(String instance, String field, String why) {}
}
