package io.roombridge.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.ticket.Outcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of events, by outcome and reason. Each event is counted once, when its outcome is recorded. */
public final class Outcomes {

    static final String METER = "roombridge.changes";

    private final MeterRegistry meters;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    public Outcomes(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Outcome outcome) {
        meters.counter(
                        METER,
                        "side",
                        "portal",
                        "outcome",
                        outcome.label(),
                        "reason",
                        outcome.reason().label())
                .increment();
        counts.computeIfAbsent(outcome.label() + "(" + outcome.reason().label() + ")", label -> new LongAdder())
                .increment();
    }

    /** How many events ended how since the start, by label. */
    public Map<String, Long> counts() {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((label, count) -> sorted.put(label, count.sum()));
        return sorted;
    }
}
