package io.roombridge.eventhubs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** The rules of {@link PartitionWindow}, written down by looking at everything each time. */
final class WindowModel {

    static final String QUEUED = "queued";
    static final String RUNNING = "running";
    static final String RESTING = "resting";
    static final String FINISHED = "finished";

    private record Item(long sequence, Set<String> keys) {}

    private final int capacity;
    private final int span;
    private final int parallel;
    private final List<Item> items = new ArrayList<>();
    private final List<String> places = new ArrayList<>();

    WindowModel(int capacity, int span, int parallel) {
        this.capacity = capacity;
        this.span = span;
        this.parallel = parallel;
    }

    static Set<String> randomKeys(Random random) {
        Set<String> keys = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add("k" + random.nextInt(4));
        }
        return keys;
    }

    long deliver(Set<String> keys, Random random) {
        long last = items.isEmpty() ? -1 : items.get(items.size() - 1).sequence();
        items.add(new Item(last + 1 + random.nextInt(3), keys));
        places.add(QUEUED);
        return items.get(items.size() - 1).sequence();
    }

    boolean full() {
        return unfinished() >= capacity || items.size() - finishedPrefix() >= span;
    }

    int unfinished() {
        return items.size() - Collections.frequency(places, FINISHED);
    }

    Optional<Integer> start() {
        if (Collections.frequency(places, RUNNING) >= parallel) {
            return Optional.empty();
        }
        Optional<Integer> next = all().filter(i -> places.get(i).equals(QUEUED) && !blocked(i))
                .boxed()
                .findFirst();
        next.ifPresent(i -> put(i, RUNNING));
        return next;
    }

    Optional<Long> covered() {
        int prefix = finishedPrefix();
        return prefix == 0
                ? Optional.empty()
                : Optional.of(items.get(prefix - 1).sequence());
    }

    Optional<Integer> pick(Random random, String place) {
        List<Integer> candidates =
                all().filter(i -> places.get(i).equals(place)).boxed().toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }

    void put(int index, String place) {
        places.set(index, place);
    }

    private boolean blocked(int index) {
        return IntStream.range(0, index)
                .anyMatch(earlier -> !places.get(earlier).equals(FINISHED)
                        && !Collections.disjoint(
                                items.get(earlier).keys(), items.get(index).keys()));
    }

    private int finishedPrefix() {
        return (int) places.stream().takeWhile(FINISHED::equals).count();
    }

    private IntStream all() {
        return IntStream.range(0, items.size());
    }
}
