package io.roombridge.eventhubs;

import io.roombridge.eventhubs.Delivery.Place;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one partition has delivered and is not yet covered by a checkpoint: decides which delivery may start, and how far
 * everything is finished.
 *
 * <p>Invariants: deliveries that share a key run one after the other, in the order of delivery, and a resting one keeps its
 * keys; at most {@code parallel} run at a time, the earliest first; {@link #covered()} is the last of the
 * <em>delivered</em> such that all delivered before it are finished, never the result of arithmetic on sequence numbers.
 *
 * <p>Where several share the window ({@link OrderKeys#holder}), one of them runs in half of the places at most, and is
 * {@linkplain #crowded crowded} when more than half of what is unfinished is its own.
 *
 * <p>Pure state: no threads, no clock, no SDK. Not thread-safe; {@link PartitionReader} guards it with its lock.
 */
final class PartitionWindow<T> {

    private final int capacity;
    private final int span;
    private final int parallel;

    private final Deque<Delivery<T>> uncovered = new ArrayDeque<>();
    private final Map<String, Deque<Delivery<T>>> queues = new HashMap<>();
    private final Map<String, Integer> unfinishedOf = new HashMap<>();
    private final Map<String, Integer> runningOf = new HashMap<>();
    private final NavigableSet<Delivery<T>> startable = new TreeSet<>(
            Comparator.comparingLong(delivery -> delivery.position().ordinal()));
    private long delivered;
    private int unfinished;
    private int running;
    private Position covered;

    /**
     * @param capacity how many deliveries may be unfinished
     * @param span how many deliveries may lie beyond the checkpoint, finished or not: what a crash presents again
     * @param parallel how many deliveries may run at a time
     */
    PartitionWindow(int capacity, int span, int parallel) {
        this.capacity = capacity;
        this.span = span;
        this.parallel = parallel;
    }

    boolean full() {
        return unfinished >= capacity || uncovered.size() >= span;
    }

    /** Takes the next event of the partition; it waits for every earlier one that shares a key with it. */
    Delivery<T> deliver(long sequence, String offset, Set<String> keys, T event) {
        return deliver(sequence, offset, keys, Optional.empty(), event);
    }

    /** @param holder who has to take it */
    Delivery<T> deliver(long sequence, String offset, Set<String> keys, Optional<String> holder, T event) {
        if (full()) {
            throw new IllegalStateException("the window is full: " + unfinished + " unfinished of " + capacity + ", "
                    + uncovered.size() + " beyond the checkpoint of " + span);
        }
        Delivery<T> delivery = new Delivery<>(new Position(++delivered, sequence, offset), keys, holder, event);
        for (String key : delivery.keys()) {
            Deque<Delivery<T>> queue = queues.computeIfAbsent(key, unused -> new ArrayDeque<>());
            if (!queue.isEmpty()) {
                delivery.blockers++;
            }
            queue.addLast(delivery);
        }
        uncovered.addLast(delivery);
        unfinished++;
        count(unfinishedOf, delivery, 1);
        if (delivery.blockers == 0) {
            startable.add(delivery);
        }
        return delivery;
    }

    /** Starts the earliest delivery that may run now. */
    Optional<Delivery<T>> start() {
        if (running >= parallel) {
            return Optional.empty();
        }
        Optional<Delivery<T>> next =
                startable.stream().filter(this::hasPlaceToRun).findFirst();
        next.ifPresent(delivery -> {
            startable.remove(delivery);
            delivery.place = Place.RUNNING;
            running++;
            count(runningOf, delivery, 1);
        });
        return next;
    }

    private boolean hasPlaceToRun(Delivery<T> delivery) {
        return delivery.holder()
                .map(holder -> runningOf.getOrDefault(holder, 0) < Math.max(1, parallel / 2))
                .orElse(true);
    }

    /** Whether its holder has more than half of the window. */
    boolean crowded(Delivery<T> delivery) {
        return delivery.holder()
                .map(holder -> unfinishedOf.getOrDefault(holder, 0) > capacity / 2)
                .orElse(false);
    }

    /** Those of the same holder that wait between two attempts. */
    List<Delivery<T>> restingBeside(Delivery<T> delivery) {
        return waiting().stream()
                .filter(other -> other.place == Place.RESTING && other.holder().equals(delivery.holder()))
                .toList();
    }

    private static void count(Map<String, Integer> counts, Delivery<?> delivery, int by) {
        delivery.holder().ifPresent(holder -> counts.merge(holder, by, Integer::sum));
    }

    /** Puts a running delivery aside until {@link #wake}: others may use its place, but none that shares a key with it. */
    void rest(Delivery<T> delivery) {
        leave(delivery, Place.RUNNING, Place.RESTING);
        running--;
        count(runningOf, delivery, -1);
    }

    /** Lets a resting delivery start again; nothing for one that was woken before. */
    void wake(Delivery<T> delivery) {
        if (delivery.place != Place.RESTING) {
            return;
        }
        leave(delivery, Place.RESTING, Place.QUEUED);
        startable.add(delivery);
    }

    /** Ends a running delivery: those that waited for its keys may start, and the covered position may move on. */
    void finish(Delivery<T> delivery) {
        leave(delivery, Place.RUNNING, Place.FINISHED);
        running--;
        unfinished--;
        count(runningOf, delivery, -1);
        count(unfinishedOf, delivery, -1);
        delivery.keys().forEach(this::passOn);
        delivery.forgetEvent();
        while (!uncovered.isEmpty() && uncovered.peekFirst().place == Place.FINISHED) {
            covered = uncovered.pollFirst().position();
        }
    }

    /** The last of the delivered such that all delivered before it, and it, are finished. */
    Optional<Position> covered() {
        return Optional.ofNullable(covered);
    }

    int unfinished() {
        return unfinished;
    }

    int running() {
        return running;
    }

    /** The deliveries that neither run nor are finished. */
    List<Delivery<T>> waiting() {
        return uncovered.stream()
                .filter(delivery -> delivery.place == Place.QUEUED || delivery.place == Place.RESTING)
                .toList();
    }

    private void passOn(String key) {
        Deque<Delivery<T>> queue = queues.get(key);
        queue.removeFirst();
        if (queue.isEmpty()) {
            queues.remove(key);
            return;
        }
        Delivery<T> next = queue.peekFirst();
        if (--next.blockers == 0) {
            startable.add(next);
        }
    }

    private void leave(Delivery<T> delivery, Place from, Place to) {
        if (delivery.place != from) {
            throw new IllegalStateException("delivery " + delivery.position() + " is " + delivery.place + ", not "
                    + from + "; it cannot become " + to);
        }
        delivery.place = to;
    }
}
