package io.roombridge.eventhubs;

import java.util.OptionalLong;

/**
 * How far a partition is read, at one moment.
 *
 * @param unfinished deliveries without an outcome
 * @param delivered the sequence number of the last delivery; empty before the first one of this reader
 * @param checkpointed the sequence number of the checkpoint; empty while there is none
 * @param lastEnqueued the last sequence number of the hub, as the hub told with the last delivery
 */
public record PartitionStatus(
        HubPartition partition,
        int unfinished,
        OptionalLong delivered,
        OptionalLong checkpointed,
        OptionalLong lastEnqueued) {

    /** Everything that was delivered has its outcome. */
    boolean finished() {
        return unfinished == 0 && delivered.isPresent();
    }

    /**
     * Nothing is under way, everything delivered is checkpointed, and the hub has told of nothing more. An event that is
     * still on its way from the hub is not known here.
     */
    public boolean quiet() {
        return unfinished == 0
                && (delivered.isEmpty() || delivered.equals(checkpointed))
                && lastEnqueued.orElse(-1) <= delivered.orElse(-1);
    }
}
