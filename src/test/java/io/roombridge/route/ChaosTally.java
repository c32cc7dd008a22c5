package io.roombridge.route;

import java.util.Map;
import java.util.TreeMap;

/** What happened in a number of scenarios; tallies of several slices add up. */
final class ChaosTally {

    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long times) {
        counts.merge(what, times, Long::sum);
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** One line. */
    @Override
    public String toString() {
        return counts.toString();
    }
}
