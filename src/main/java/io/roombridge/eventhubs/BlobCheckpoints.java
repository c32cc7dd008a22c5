package io.roombridge.eventhubs;

import com.azure.core.util.BinaryData;
import com.azure.messaging.eventhubs.checkpointstore.blob.BlobCheckpointStore;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Checkpoints and ownership in a container of Azure Blob Storage, in the format of the SDK's own store, which keeps the
 * ownership.
 *
 * <p>The SDK's store writes checkpoints without comparing and without the offset. This one keeps both promises of
 * {@link SqlCheckpointStore}: never backwards, by writing only over the ETag that was read, and always with the offset.
 */
public final class BlobCheckpoints implements RewindableCheckpoints {

    /** The names in the blob's metadata, as the SDK's store reads them. */
    private static final String SEQUENCE_NUMBER = "sequencenumber";

    private static final String OFFSET = "offset";

    /** How often two writers may get in each other's way at one partition before it counts as a failure. */
    private static final int MOST_CONFLICTS = 5;

    private final BlobContainerAsyncClient container;
    private final BlobCheckpointStore sdk;
    private final AtomicLong ignored = new AtomicLong();

    public BlobCheckpoints(BlobContainerAsyncClient container) {
        this.container = container;
        this.sdk = new BlobCheckpointStore(container);
    }

    /** Opens a container and creates it where it is missing; waits for the storage account. */
    public static BlobCheckpoints in(String connectionString, String containerName) {
        BlobContainerAsyncClient container = new BlobContainerClientBuilder()
                .connectionString(connectionString)
                .containerName(containerName)
                .buildAsyncClient();
        container.createIfNotExists().block();
        return new BlobCheckpoints(container);
    }

    @Override
    public Flux<PartitionOwnership> listOwnership(String namespace, String hub, String consumerGroup) {
        return sdk.listOwnership(namespace, hub, consumerGroup);
    }

    @Override
    public Flux<PartitionOwnership> claimOwnership(List<PartitionOwnership> requests) {
        return sdk.claimOwnership(requests);
    }

    @Override
    public Flux<Checkpoint> listCheckpoints(String namespace, String hub, String consumerGroup) {
        return sdk.listCheckpoints(namespace, hub, consumerGroup);
    }

    /** Ignores a sequence number lower than the one that is kept; {@link #ignored} counts. */
    @Override
    public Mono<Void> updateCheckpoint(Checkpoint checkpoint) {
        BlobAsyncClient blob = blob(Checkpoints.partition(checkpoint));
        long sequence = Checkpoints.sequence(checkpoint);
        Map<String, String> next = metadata(sequence, Checkpoints.offset(checkpoint));
        return Mono.defer(() -> advance(blob, sequence, next))
                .retryWhen(Retry.max(MOST_CONFLICTS).filter(BlobCheckpoints::otherWriter));
    }

    @Override
    public void rewind(HubPartition partition, OptionalLong after) {
        BlobAsyncClient blob = blob(partition);
        if (after.isEmpty()) {
            blob.deleteIfExists().block();
        } else {
            write(blob, metadata(after.getAsLong(), Optional.empty()), new BlobRequestConditions())
                    .block();
        }
    }

    @Override
    public long ignored() {
        return ignored.get();
    }

    private Mono<Void> advance(BlobAsyncClient blob, long sequence, Map<String, String> next) {
        return blob.getProperties()
                .map(Optional::of)
                .onErrorResume(BlobCheckpoints::missing, e -> Mono.just(Optional.empty()))
                .flatMap(found -> {
                    if (found.isPresent() && sequence(found.get()) > sequence) {
                        ignored.incrementAndGet();
                        return Mono.empty();
                    }
                    return write(
                            blob, next, found.map(BlobCheckpoints::unchanged).orElseGet(BlobCheckpoints::absent));
                });
    }

    private static Mono<Void> write(BlobAsyncClient blob, Map<String, String> metadata, BlobRequestConditions when) {
        return blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromBytes(new byte[0]))
                        .setMetadata(metadata)
                        .setRequestConditions(when))
                .then();
    }

    private BlobAsyncClient blob(HubPartition partition) {
        return container.getBlobAsyncClient(partition.namespace() + "/" + partition.hub() + "/"
                + partition.consumerGroup() + "/checkpoint/" + partition.id());
    }

    private static Map<String, String> metadata(long sequence, Optional<String> offset) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(SEQUENCE_NUMBER, Long.toString(sequence));
        offset.ifPresent(text -> metadata.put(OFFSET, text));
        return metadata;
    }

    private static long sequence(BlobProperties blob) {
        String kept = blob.getMetadata().get(SEQUENCE_NUMBER);
        return kept == null ? -1 : Long.parseLong(kept);
    }

    private static BlobRequestConditions unchanged(BlobProperties blob) {
        return new BlobRequestConditions().setIfMatch(blob.getETag());
    }

    private static BlobRequestConditions absent() {
        return new BlobRequestConditions().setIfNoneMatch("*");
    }

    private static boolean missing(Throwable failure) {
        return failure instanceof BlobStorageException storage && storage.getStatusCode() == 404;
    }

    private static boolean otherWriter(Throwable failure) {
        return failure instanceof BlobStorageException storage
                && (storage.getErrorCode() == BlobErrorCode.CONDITION_NOT_MET
                        || storage.getErrorCode() == BlobErrorCode.BLOB_ALREADY_EXISTS);
    }
}
