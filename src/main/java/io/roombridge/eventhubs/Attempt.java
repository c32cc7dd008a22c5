package io.roombridge.eventhubs;

import java.time.Instant;
import java.util.Optional;

/** One presentation of an event to the route, on the calling thread. */
@FunctionalInterface
interface Attempt<T> {

    /**
     * Returns why it failed; empty when the event is finished for good. Never throws.
     *
     * @param crowded whether others wait behind the event's holder ({@link OrderKeys#holder}): it has more than its half of
     *     the window, or was tried for long
     */
    Optional<Throwable> make(HubPartition partition, T event, int number, Instant firstAttemptAt, boolean crowded);
}
