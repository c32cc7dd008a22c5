package io.roombridge.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rooms and signals with the most reports of faults.
 *
 * @param byPeople reports of issues that people recorded: they name no signal, and perhaps several rooms
 * @param allRooms how many rooms reported any fault
 */
record Busiest(List<Top> rooms, List<Top> signals, long byPeople, long allRooms) {

    /** So many are shown. */
    static final int MOST = 10;

    /** One of them. */
    record Top(String name, long times) {}

    /** The busiest first; of equals the first by name. */
    static Stream<Map.Entry<String, Long>> top(Map<String, Long> times) {
        return times.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST);
    }
}
