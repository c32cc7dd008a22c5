package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.EventData;
import java.util.Optional;
import java.util.Set;

/**
 * Says with which other events of its partition an event is ordered: events that share a key run one after the other. A
 * message with several keys (a batch) waits for all of them; an empty set is ordered with nobody.
 */
@FunctionalInterface
public interface OrderKeys {

    /** Called once a delivery on the SDK's thread: quick, without I/O, and without exceptions. */
    Set<String> of(EventData event);

    /**
     * Who has to take what these events bring, and may hold half of a window at most: so whoever is away does not hold up the
     * others. Empty where all of a window is for one.
     *
     * @param keys as {@link #of} gave them
     */
    default Optional<String> holder(Set<String> keys) {
        return Optional.empty();
    }

    /** The hub's own partition key; an event without one is ordered with nobody. */
    static OrderKeys partitionKey() {
        return event -> event.getPartitionKey() == null ? Set.of() : Set.of(event.getPartitionKey());
    }
}
