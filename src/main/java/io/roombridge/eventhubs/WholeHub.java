package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.PartitionProperties;
import com.azure.messaging.eventhubs.models.Checkpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import reactor.core.publisher.Flux;

/**
 * What is known of all partitions of a hub, whoever reads them: their checkpoints from the store that all readers share,
 * and their ends from the hub itself.
 */
final class WholeHub implements AutoCloseable {

    /** The client itself tries for ever, and a stop of the bridge waits for whoever asks. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final EventHubConsumerAsyncClient client;
    private final CheckpointStore checkpoints;

    /** Asked for once, since a hub of the usual kind never changes their number. */
    private Set<String> partitions = Set.of();

    private Map<String, Long> endsSeen = Map.of();

    WholeHub(EventHubConsumerAsyncClient client, CheckpointStore checkpoints) {
        this.client = client;
        this.checkpoints = checkpoints;
    }

    /** @throws RuntimeException when the hub does not answer */
    synchronized Set<String> partitions() {
        if (partitions.isEmpty()) {
            partitions = Set.copyOf(client.getPartitionIds().collectList().block(ANSWERS_WITHIN));
        }
        return partitions;
    }

    /**
     * The checkpoint of each partition, empty for one without.
     *
     * @throws RuntimeException when the hub or the store does not answer
     */
    Map<String, OptionalLong> checkpoints() {
        Map<String, OptionalLong> each = new HashMap<>();
        partitions().forEach(partition -> each.put(partition, OptionalLong.empty()));
        checkpoints
                .listCheckpoints(
                        client.getFullyQualifiedNamespace(), client.getEventHubName(), client.getConsumerGroup())
                .toIterable()
                .forEach(kept -> each.put(kept.getPartitionId(), sequence(kept)));
        return each;
    }

    /**
     * Whether all is finished that the hub held when this was asked the last time. Not all that it holds now: in a busy
     * hub there is always something that has only just come.
     *
     * @param finishedHere how far the partitions that are read here are finished; their checkpoints follow later
     * @throws RuntimeException when the hub or the store does not answer
     */
    synchronized boolean finishedWhatItHeld(Map<String, Long> finishedHere) {
        Map<String, Long> before = endsSeen;
        Map<String, Long> finished = new HashMap<>(finishedHere);
        checkpoints().forEach((partition, kept) -> finished.merge(partition, kept.orElse(-1), Math::max));
        endsSeen = ends();
        return !before.isEmpty()
                && before.entrySet().stream().allMatch(end -> end.getValue() <= finished.get(end.getKey()));
    }

    private Map<String, Long> ends() {
        return Flux.fromIterable(partitions())
                .flatMap(client::getPartitionProperties)
                .collectMap(PartitionProperties::getId, WholeHub::end)
                .block(ANSWERS_WITHIN);
    }

    /**
     * How many events of each partition lie beyond its checkpoint, whoever reads it.
     *
     * @throws RuntimeException when the hub or the store does not answer
     */
    Map<String, Long> lag() {
        Map<String, OptionalLong> finished = checkpoints();
        return Flux.fromIterable(partitions())
                .flatMap(client::getPartitionProperties)
                .collectMap(PartitionProperties::getId, held -> beyond(held, finished.get(held.getId())))
                .block(ANSWERS_WITHIN);
    }

    private static long beyond(PartitionProperties held, OptionalLong finished) {
        long before = finished.orElse(held.getBeginningSequenceNumber() - 1);
        return held.isEmpty() ? 0 : Math.max(0, held.getLastEnqueuedSequenceNumber() - before);
    }

    /** What the hub has forgotten is read by nobody any more. */
    private static long end(PartitionProperties partition) {
        return partition.isEmpty() ? -1 : partition.getLastEnqueuedSequenceNumber();
    }

    private static OptionalLong sequence(Checkpoint kept) {
        return kept.getSequenceNumber() == null ? OptionalLong.empty() : OptionalLong.of(kept.getSequenceNumber());
    }

    @Override
    public void close() {
        client.close();
    }
}
