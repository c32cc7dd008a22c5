package io.roombridge.sandbox.eventhubs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One event hub: a name and its partitions, and the choice of a partition for what is sent. */
final class Hub {

    private final String name;
    private final List<Partition> partitions = new ArrayList<>();
    private int roundRobin;

    Hub(Setup.HubSetup setup, int retention) {
        this.name = setup.name();
        TreeSet<String> groups = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        groups.add(Setup.DEFAULT_GROUP);
        groups.addAll(setup.consumerGroups());
        for (int number = 0; number < setup.partitions(); number++) {
            partitions.add(new Partition(name, Integer.toString(number), groups, retention));
        }
    }

    String name() {
        return name;
    }

    List<Partition> partitions() {
        return partitions;
    }

    Partition partition(String id) throws Refusal {
        return partitions.stream()
                .filter(partition -> partition.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.noSuchPartition(name, id, partitions.size()));
    }

    /** Where events without an explicit partition go: by their key, or to the partitions in turn. */
    Partition choose(Optional<String> partitionKey) {
        return partitions.get(partitionKey
                .map(key -> PartitionHash.partition(key, partitions.size()))
                .orElseGet(() -> roundRobin++ % partitions.size()));
    }
}
