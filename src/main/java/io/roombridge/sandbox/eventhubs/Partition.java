package io.roombridge.sandbox.eventhubs;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One partition: the newest events in order, and who reads them. Sequence numbers start at 0 and have no gaps; what
 * exceeds the retention falls off at the old end. A ring, because sequence numbers are its addresses.
 */
final class Partition {

    private final String hub;
    private final String id;
    private final int retention;
    private final Map<String, Readers> readers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private PartitionEvent[] ring = new PartitionEvent[64];
    private long begin;
    private long end;
    private long lastOffset = -1;
    private long nextOffset;
    private long lastEnqueuedTime;

    Partition(String hub, String id, Collection<String> groups, int retention) {
        this.hub = hub;
        this.id = id;
        this.retention = retention;
        for (String group : groups) {
            readers.put(group, new Readers());
        }
    }

    String hub() {
        return hub;
    }

    String id() {
        return id;
    }

    /** Adds an event and wakes whoever waits for it. */
    void append(EncodedEvent event, long now) {
        if (end - begin == retention) {
            ring[slot(begin++)] = null;
        }
        if (end - begin == ring.length) {
            grow();
        }
        lastEnqueuedTime = Math.max(lastEnqueuedTime, now);
        lastOffset = nextOffset;
        nextOffset += event.size();
        ring[slot(end)] = new PartitionEvent(event, end, lastOffset, lastEnqueuedTime);
        end++;
        allReaders().forEach(ReceiveLink::wake);
    }

    private void grow() {
        PartitionEvent[] larger = new PartitionEvent[ring.length * 2];
        for (long i = begin; i < end; i++) {
            larger[(int) (i % larger.length)] = ring[slot(i)];
        }
        ring = larger;
    }

    private int slot(long sequenceNumber) {
        return (int) (sequenceNumber % ring.length);
    }

    /** The sequence number of the oldest event kept; that of the next event if there is none. */
    long begin() {
        return begin;
    }

    /** The sequence number of the next event. */
    long end() {
        return end;
    }

    boolean isEmpty() {
        return begin == end;
    }

    /** The offset of the newest event there ever was; -1 before the first. */
    long lastOffset() {
        return lastOffset;
    }

    /** The event with this number, from {@link #begin()} to before {@link #end()}. */
    PartitionEvent event(long sequenceNumber) {
        return ring[slot(sequenceNumber)];
    }

    /** When the newest event arrived, in milliseconds since 1970; 0 before the first. */
    long lastEnqueuedTime() {
        return lastEnqueuedTime;
    }

    Stream<PartitionEvent> events() {
        return eventsFrom(begin);
    }

    /** What is kept from this sequence number on. */
    Stream<PartitionEvent> eventsFrom(long sequenceNumber) {
        return Stream.iterate(Math.max(begin, sequenceNumber), i -> i < end, i -> i + 1)
                .map(this::event);
    }

    /**
     * The first event that passes, else the end.
     *
     * @param test false up to some event, true from there on
     */
    long first(Predicate<PartitionEvent> test) {
        long low = begin;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (test.test(event(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    Readers readers(String group) throws Refusal {
        Readers ofGroup = readers.get(group);
        if (ofGroup == null) {
            throw Refusal.notFound(hub + "/ConsumerGroups/" + group);
        }
        return ofGroup;
    }

    /** The receivers of all groups. */
    Stream<ReceiveLink> allReaders() {
        return readers.values().stream().flatMap(Readers::stream);
    }
}
