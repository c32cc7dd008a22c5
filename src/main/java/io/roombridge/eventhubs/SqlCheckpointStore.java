package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Checkpoints and ownership in the bridge's own database (tables {@code hub_checkpoint} and {@code hub_ownership}, H2 or
 * PostgreSQL).
 *
 * <p>A checkpoint never goes backwards: with two readers at a time, which happens whenever partitions move, the slower one
 * must not make events come again. Going back is the explicit {@link #rewind}. Ownership is claimed by comparing the version
 * that was read, and stamped with the database's clock, the one clock that all processes share.
 *
 * <p>All SQL runs on one thread of this object. The SDK interrupts its own threads when it stops, and an interrupt in the
 * middle of a read or write closes the file of an H2 database for the whole process.
 */
public final class SqlCheckpointStore implements RewindableCheckpoints, AutoCloseable {

    /** Each partition has at most one writer and each hub one load balancer; more waiting work than this is a fault. */
    private static final int MOST_WAITING = 1000;

    private final Jdbi jdbi;
    private final AtomicLong ignored = new AtomicLong();
    private final ExecutorService sql = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), new DaemonThreads("hub-checkpoints"));

    /** @param dataSource migrated already (db/migration); it stays open when this store is closed */
    public SqlCheckpointStore(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    @Override
    public Flux<PartitionOwnership> listOwnership(String namespace, String hub, String consumerGroup) {
        return Flux.defer(() -> Flux.fromIterable(onSqlThread(
                () -> jdbi.withHandle(handle -> OwnershipRows.list(handle, namespace, hub, consumerGroup)))));
    }

    /** All claims are made before the first one is reported: the SDK may do slow work on each. */
    @Override
    public Flux<PartitionOwnership> claimOwnership(List<PartitionOwnership> requests) {
        return Flux.defer(() -> Flux.fromIterable(onSqlThread(() -> jdbi.withHandle(handle -> requests.stream()
                .flatMap(request -> OwnershipRows.claim(handle, request).stream())
                .toList()))));
    }

    @Override
    public Flux<Checkpoint> listCheckpoints(String namespace, String hub, String consumerGroup) {
        return Flux.defer(() -> Flux.fromIterable(onSqlThread(
                () -> jdbi.withHandle(handle -> CheckpointRows.list(handle, namespace, hub, consumerGroup)))));
    }

    /** Ignores a sequence number lower than the one that is kept; {@link #ignored} counts. */
    @Override
    public Mono<Void> updateCheckpoint(Checkpoint checkpoint) {
        return Mono.fromRunnable(() -> {
            if (!onSqlThread(() -> jdbi.withHandle(handle -> CheckpointRows.advance(handle, checkpoint)))) {
                ignored.incrementAndGet();
            }
        });
    }

    @Override
    public void rewind(HubPartition partition, OptionalLong after) {
        onSqlThread(() -> jdbi.inTransaction(handle -> CheckpointRows.rewind(handle, partition, after)));
    }

    /** The sequence number of a partition's checkpoint. */
    public OptionalLong checkpoint(HubPartition partition) {
        Optional<Long> found = onSqlThread(() -> jdbi.withHandle(handle -> CheckpointRows.find(handle, partition)));
        return found.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public long ignored() {
        return ignored.get();
    }

    @Override
    public void close() {
        sql.shutdown();
    }

    private <T> T onSqlThread(Callable<T> work) {
        try {
            return sql.submit(work).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while the checkpoint store was asked; the work itself goes on", e);
        }
    }
}
