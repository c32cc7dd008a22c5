package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.models.Checkpoint;
import java.util.Optional;

/** What both stores must read from a checkpoint of the SDK, and how one is made. */
final class Checkpoints {

    private Checkpoints() {}

    static Checkpoint at(HubPartition partition, Position position) {
        return new Checkpoint()
                .setFullyQualifiedNamespace(partition.namespace())
                .setEventHubName(partition.hub())
                .setConsumerGroup(partition.consumerGroup())
                .setPartitionId(partition.id())
                .setSequenceNumber(position.sequence())
                .setOffsetString(position.offset());
    }

    static HubPartition partition(Checkpoint checkpoint) {
        return new HubPartition(
                checkpoint.getFullyQualifiedNamespace(),
                checkpoint.getEventHubName(),
                checkpoint.getConsumerGroup(),
                checkpoint.getPartitionId());
    }

    /** @throws IllegalArgumentException without one: only sequence numbers tell which of two checkpoints is further */
    static long sequence(Checkpoint checkpoint) {
        if (checkpoint.getSequenceNumber() == null) {
            throw new IllegalArgumentException("a checkpoint needs a sequence number, this one has none: partition "
                    + checkpoint.getPartitionId() + " of " + checkpoint.getEventHubName());
        }
        return checkpoint.getSequenceNumber();
    }

    /** The SDK sets only the number, which its blob store does not write (azure-sdk-for-java#46752). */
    @SuppressWarnings("deprecation")
    static Optional<String> offset(Checkpoint checkpoint) {
        return Optional.ofNullable(checkpoint.getOffsetString())
                .or(() -> Optional.ofNullable(checkpoint.getOffset()).map(String::valueOf));
    }
}
