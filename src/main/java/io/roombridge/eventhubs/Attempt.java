package io.roombridge.eventhubs;

import java.time.Instant;
import java.util.Optional;

/** One presentation of an event to the route, on the calling thread. */
@FunctionalInterface
interface Attempt<T> {

    /**
     * Returns why it failed; empty when the event is finished for good. Never throws.
     *
     * @param crowded whether the event's holder has more than its half of the window ({@link OrderKeys#holder})
     */
    Optional<Throwable> make(HubPartition partition, T event, int number, Instant firstAttemptAt, boolean crowded);
}
