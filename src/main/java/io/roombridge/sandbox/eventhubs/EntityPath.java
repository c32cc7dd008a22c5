package io.roombridge.sandbox.eventhubs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path below the namespace: {@code hub}, {@code hub/Partitions/0},
 * {@code hub/ConsumerGroups/$Default/Partitions/0}. Clients also send it as a full address with scheme and authority,
 * with or without the port (facts/eventhubs.md §2, §3.4). Case means nothing.
 */
record EntityPath(List<String> segments) {

    private static final Pattern AUTHORITY = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*");

    EntityPath {
        segments = List.copyOf(segments);
    }

    static EntityPath of(String address) {
        String path = AUTHORITY.matcher(address).replaceFirst("");
        return new EntityPath(Pattern.compile("/")
                .splitAsStream(path)
                .filter(segment -> !segment.isEmpty())
                .toList());
    }

    String hub() {
        return segments.isEmpty() ? "" : segments.get(0);
    }

    /** The value that follows {@code label}, as in {@code Partitions/0}. */
    private Optional<String> after(int index, String label) {
        boolean there = segments.size() > index + 1 && segments.get(index).equalsIgnoreCase(label);
        return there ? Optional.of(segments.get(index + 1)) : Optional.empty();
    }

    /** Where a send link leads: the hub, or one partition of it. */
    Optional<String> partitionToSendTo() throws Refusal {
        if (segments.size() == 1) {
            return Optional.empty();
        }
        Optional<String> partition = after(1, "Partitions");
        if (segments.size() != 3 || partition.isEmpty()) {
            throw Refusal.notFound(toString());
        }
        return partition;
    }

    /** The consumer group and the partition of a receive link. */
    Reading reading() throws Refusal {
        Optional<String> group = after(1, "ConsumerGroups");
        Optional<String> partition = after(3, "Partitions");
        if (segments.size() != 5 || group.isEmpty() || partition.isEmpty()) {
            throw Refusal.notFound(toString());
        }
        return new Reading(group.get(), partition.get());
    }

    /** What a receive link reads. */
    record Reading(String group, String partition) {}

    /** True if a token for this path also opens {@code other}: the same path, or one below it. */
    boolean covers(EntityPath other) {
        if (segments.size() > other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).equalsIgnoreCase(other.segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
