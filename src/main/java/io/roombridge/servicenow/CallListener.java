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
     * The instance is left alone for so long, because a call failed.
     *
     * @param pause from now; another may begin before it is over
     */
    default void paused(String instance, Reason why, Duration pause) {}

    /** Tells both. */
    default CallListener and(CallListener other) {
        CallListener one = this;
        return new CallListener() {
            @Override
            public void called(String instance, String purpose, Optional<Reason> failure, Duration took) {
                one.called(instance, purpose, failure, took);
                other.called(instance, purpose, failure, took);
            }

            @Override
            public void paused(String instance, Reason why, Duration pause) {
                one.paused(instance, why, pause);
                other.paused(instance, why, pause);
            }

            @Override
            public void missed(String instance, String field, String why) {
                one.missed(instance, field, why);
                other.missed(instance, field, why);
            }
        };
    }

    /**
     * A record that a mapping names was not taken.
     *
     * @param field of the incident
     * @param why none, several, unreadable or refused
     */
    default void missed(String instance, String field, String why) {}
}
