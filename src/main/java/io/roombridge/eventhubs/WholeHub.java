package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.PartitionProperties;
import com.azure.messaging.eventhubs.models.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of all partitions of a hub, whoever reads them: their checkpoints from the store that all readers share,
 * and their ends from the hub itself.
 */
final class WholeHub implements AutoCloseable {

    private final EventHubConsumerClient client;
    private final CheckpointStore checkpoints;

    /** Asked for once, since a hub of the usual kind never changes their number. */
    private Set<String> partitions = Set.of();

    private Map<String, Long> endsSeen = Map.of();

    WholeHub(EventHubConsumerClient client, CheckpointStore checkpoints) {
        this.client = client;
        this.checkpoints = checkpoints;
    }

    /** @throws RuntimeException when the hub does not answer */
    synchronized Set<String> partitions() {
        if (partitions.isEmpty()) {
            partitions = Set.copyOf(client.getPartitionIds().stream().collect(Collectors.toCollection(TreeSet::new)));
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
     * @throws RuntimeException when the hub or the store does not answer
     */
    synchronized boolean finishedWhatItHeld() {
        Map<String, Long> before = endsSeen;
        Map<String, OptionalLong> finished = checkpoints();
        endsSeen = partitions().stream().collect(Collectors.toMap(Function.identity(), this::end));
        return !before.isEmpty()
                && before.entrySet().stream()
                        .allMatch(end ->
                                end.getValue() <= finished.get(end.getKey()).orElse(-1));
    }

    /**
     * How many events of each partition lie beyond its checkpoint, whoever reads it.
     *
     * @throws RuntimeException when the hub or the store does not answer
     */
    Map<String, Long> lag() {
        Map<String, OptionalLong> finished = checkpoints();
        Map<String, Long> lag = new HashMap<>();
        for (String partition : partitions()) {
            PartitionProperties held = client.getPartitionProperties(partition);
            long before = finished.get(partition).orElse(held.getBeginningSequenceNumber() - 1);
            lag.put(partition, held.isEmpty() ? 0 : Math.max(0, held.getLastEnqueuedSequenceNumber() - before));
        }
        return lag;
    }

    private long end(String partition) {
        return client.getPartitionProperties(partition).getLastEnqueuedSequenceNumber();
    }

    private static OptionalLong sequence(Checkpoint kept) {
        return kept.getSequenceNumber() == null ? OptionalLong.empty() : OptionalLong.of(kept.getSequenceNumber());
    }

    @Override
    public void close() {
        client.close();
    }
}
