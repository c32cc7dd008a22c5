package io.roombridge.sandbox.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Checkpoints of one hub and consumer group; survives a processor, as a store outside would. */
final class MemoryCheckpointStore implements CheckpointStore {

    private final Map<String, Checkpoint> checkpoints = new ConcurrentHashMap<>();
    private final Map<String, PartitionOwnership> ownerships = new ConcurrentHashMap<>();

    @Override
    public Flux<PartitionOwnership> listOwnership(String namespace, String hub, String group) {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(ownerships.values())));
    }

    @Override
    public Flux<Checkpoint> listCheckpoints(String namespace, String hub, String group) {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(checkpoints.values())));
    }

    @Override
    public Flux<PartitionOwnership> claimOwnership(List<PartitionOwnership> claims) {
        return Flux.defer(() -> {
            List<PartitionOwnership> claimed = new ArrayList<>();
            for (PartitionOwnership claim : claims) {
                ownerships.compute(claim.getPartitionId(), (id, present) -> {
                    if (present != null && !Objects.equals(present.getETag(), claim.getETag())) {
                        return present;
                    }
                    claimed.add(claim.setETag(UUID.randomUUID().toString())
                            .setLastModifiedTime(System.currentTimeMillis()));
                    return claim;
                });
            }
            return Flux.fromIterable(claimed);
        });
    }

    @Override
    public Mono<Void> updateCheckpoint(Checkpoint checkpoint) {
        return Mono.fromRunnable(() -> checkpoints.put(checkpoint.getPartitionId(), checkpoint));
    }
}
