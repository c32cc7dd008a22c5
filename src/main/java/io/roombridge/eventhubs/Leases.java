package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The checkpoint store as the SDK's load balancer uses it, and what can be learnt from watching: which partitions are ours
 * and until when, and where each one's checkpoint stood.
 *
 * <p>The SDK tells a reader that its partition is gone only when its thread is free, which it is not while the window is
 * full. So ownership is taken from its source, at no cost: each renewal in the store is a lease for the ownership expiry,
 * counted on the machine's own monotonic time from <em>before</em> the renewal; after it, another process may have claimed
 * the partition. A record that names another owner ends the lease at once.
 */
final class Leases implements CheckpointStore {

    private final CheckpointStore store;
    private final long termNanos;
    private final LongSupplier nanos;
    private final Consumer<String> taken;
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();
    private final Map<String, Long> checkpoints = new ConcurrentHashMap<>();

    private record Lease(String owner, long grantedAtNanos, long endsAtNanos) {}

    /**
     * @param nanos elapsed time, like {@link System#nanoTime}
     * @param taken told the id of a partition that turns out to have another owner
     */
    Leases(CheckpointStore store, Duration term, LongSupplier nanos, Consumer<String> taken) {
        this.store = store;
        this.termNanos = term.toNanos();
        this.nanos = nanos;
        this.taken = taken;
    }

    /** The claim to one partition. */
    Claim of(HubPartition partition) {
        return new Claim() {
            @Override
            public boolean held() {
                return Leases.this.held(partition.id());
            }

            @Override
            public OptionalLong checkpointed() {
                return checkpointAtClaim(partition.id());
            }

            @Override
            public void checkpoint(Position covered) {
                updateCheckpoint(Checkpoints.at(partition, covered)).block();
            }
        };
    }

    /** True while nobody else can have claimed the partition. */
    boolean held(String partitionId) {
        Lease lease = leases.get(partitionId);
        return lease != null && lease.endsAtNanos() - nanos.getAsLong() > 0;
    }

    /** The sequence number of the partition's checkpoint when partitions were last claimed. */
    OptionalLong checkpointAtClaim(String partitionId) {
        Long sequence = checkpoints.get(partitionId);
        return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    @Override
    public Flux<PartitionOwnership> listOwnership(String namespace, String hub, String consumerGroup) {
        return Flux.defer(() -> {
            long askedAt = nanos.getAsLong();
            return store.listOwnership(namespace, hub, consumerGroup).doOnNext(record -> compare(record, askedAt));
        });
    }

    @Override
    public Flux<PartitionOwnership> claimOwnership(List<PartitionOwnership> requests) {
        return Flux.defer(() -> {
            long askedAt = nanos.getAsLong();
            return store.claimOwnership(requests).doOnNext(claimed -> grant(claimed, askedAt));
        });
    }

    @Override
    public Flux<Checkpoint> listCheckpoints(String namespace, String hub, String consumerGroup) {
        return store.listCheckpoints(namespace, hub, consumerGroup).doOnNext(checkpoint -> {
            if (checkpoint.getSequenceNumber() != null) {
                checkpoints.put(checkpoint.getPartitionId(), checkpoint.getSequenceNumber());
            }
        });
    }

    @Override
    public Mono<Void> updateCheckpoint(Checkpoint checkpoint) {
        return store.updateCheckpoint(checkpoint);
    }

    private void grant(PartitionOwnership claimed, long askedAt) {
        if (claimed.getOwnerId().isEmpty()) {
            leases.remove(claimed.getPartitionId());
        } else {
            leases.put(
                    claimed.getPartitionId(), new Lease(claimed.getOwnerId(), nanos.getAsLong(), askedAt + termNanos));
        }
    }

    /** The load balancer lists and claims at the same time: a list asked for before the claim was granted proves nothing. */
    private void compare(PartitionOwnership record, long askedAt) {
        Lease lease = leases.get(record.getPartitionId());
        if (lease != null
                && !lease.owner().equals(record.getOwnerId())
                && askedAt - lease.grantedAtNanos() > 0
                && leases.remove(record.getPartitionId(), lease)) {
            taken.accept(record.getPartitionId());
        }
    }
}
