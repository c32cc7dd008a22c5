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
    private final Map<String, LongAdder> ofPortal = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> ofDesk = new ConcurrentHashMap<>();

    public Outcomes(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Of a change that was read from the portal. */
    void count(Outcome outcome) {
        count("portal", ofPortal, outcome);
    }

    /** Of a change that was read from ServiceNow. */
    void countOfDesk(Outcome outcome) {
        count("servicenow", ofDesk, outcome);
    }

    private void count(String side, Map<String, LongAdder> counts, Outcome outcome) {
        meters.counter(
                        METER,
                        "side",
                        side,
                        "outcome",
                        outcome.label(),
                        "reason",
                        outcome.reason().label())
                .increment();
        counts.computeIfAbsent(outcome.label() + "(" + outcome.reason().label() + ")", label -> new LongAdder())
                .increment();
    }

    /** How many events of the portal ended how since the start, by label. */
    public Map<String, Long> counts() {
        return sums(ofPortal);
    }

    /** How many changes read in ServiceNow ended how since the start, by label. */
    public Map<String, Long> countsOfDesk() {
        return sums(ofDesk);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((label, count) -> sorted.put(label, count.sum()));
        return sorted;
    }
}
