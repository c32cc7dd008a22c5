package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.EventData;
import java.time.Instant;
import java.util.Optional;

/** One presentation of an event to the route, on the calling thread. */
@FunctionalInterface
interface Attempt {

    /** Returns why it failed; empty when the event is finished for good. Never throws. */
    Optional<Throwable> make(HubPartition partition, EventData event, int number, Instant firstAttemptAt);
}
