package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A checkpoint store of one process, whose writes can be made to fail and whose ownership can be taken away. */
final class MemoryCheckpointStore implements CheckpointStore {

    private final Map<String, PartitionOwnership> owners = new TreeMap<>();
    private final Map<String, Checkpoint> checkpoints = new TreeMap<>();
    private final List<Long> written = new ArrayList<>();
    private long version;
    private boolean failing;

    @Override
    public synchronized Flux<PartitionOwnership> listOwnership(String namespace, String hub, String group) {
        return Flux.fromIterable(owners.values().stream().map(this::copy).toList());
    }

    @Override
    public synchronized Flux<PartitionOwnership> claimOwnership(List<PartitionOwnership> requests) {
        List<PartitionOwnership> claimed = new ArrayList<>();
        for (PartitionOwnership request : requests) {
            PartitionOwnership known = owners.get(request.getPartitionId());
            String tag = known == null ? null : known.getETag();
            if (tag == null || tag.equals(request.getETag())) {
                claimed.add(copy(own(request)));
            }
        }
        return Flux.fromIterable(claimed);
    }

    @Override
    public synchronized Flux<Checkpoint> listCheckpoints(String namespace, String hub, String group) {
        return Flux.fromIterable(List.copyOf(checkpoints.values()));
    }

    @Override
    public synchronized Mono<Void> updateCheckpoint(Checkpoint checkpoint) {
        if (failing) {
            return Mono.error(new IllegalStateException("the store is broken by the test"));
        }
        checkpoints.put(checkpoint.getPartitionId(), checkpoint);
        written.add(checkpoint.getSequenceNumber());
        return Mono.empty();
    }

    synchronized void failing(boolean broken) {
        failing = broken;
    }

    /** The sequence numbers of all checkpoints, in the order of writing. */
    synchronized List<Long> written() {
        return List.copyOf(written);
    }

    synchronized long checkpoint(String partitionId) {
        Checkpoint found = checkpoints.get(partitionId);
        return found == null ? -1 : found.getSequenceNumber();
    }

    /** Another process claims every partition, now. */
    synchronized void steal(String thief) {
        owners.values().forEach(known -> own(copy(known).setOwnerId(thief)));
    }

    private PartitionOwnership own(PartitionOwnership request) {
        PartitionOwnership owned =
                copy(request).setETag("v" + ++version).setLastModifiedTime(System.currentTimeMillis());
        owners.put(owned.getPartitionId(), owned);
        return owned;
    }

    private PartitionOwnership copy(PartitionOwnership other) {
        return new PartitionOwnership()
                .setFullyQualifiedNamespace(other.getFullyQualifiedNamespace())
                .setEventHubName(other.getEventHubName())
                .setConsumerGroup(other.getConsumerGroup())
                .setPartitionId(other.getPartitionId())
                .setOwnerId(other.getOwnerId())
                .setETag(other.getETag())
                .setLastModifiedTime(other.getLastModifiedTime());
    }
}
