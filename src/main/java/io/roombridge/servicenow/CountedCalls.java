package io.roombridge.servicenow;

import io.roombridge.correlation.HourlyCounts.What;
import io.roombridge.correlation.Tally;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts calls, faults and pauses of each hour for reports (docs/operations.md, "Report"). */
public final class CountedCalls implements CallListener {

    private final Tally counts;
    private final InstantSource machine;
    private final Map<String, Instant> pausedUntil = new HashMap<>();

    public CountedCalls(Tally counts, InstantSource machine) {
        this.counts = counts;
        this.machine = machine;
    }

    @Override
    public void called(String instance, String purpose, Optional<Reason> failure, Duration took) {
        counts.count(What.CALL, instance, purpose, 1);
        failure.ifPresent(reason -> counts.count(What.FAULT, instance, reason.name(), 1));
    }

    /** Calls that were under way fail into a pause that has begun: only what they make longer is counted. */
    @Override
    public synchronized void paused(String instance, Reason why, Duration pause) {
        Instant now = machine.instant();
        Instant end = now.plus(pause);
        Instant known = pausedUntil.getOrDefault(instance, Instant.MIN);
        if (!known.isAfter(now)) {
            counts.count(What.PAUSE, instance, why.name(), 1);
        }
        Instant begin = known.isAfter(now) ? known : now;
        if (end.isAfter(begin)) {
            counts.count(
                    What.PAUSED_SECONDS,
                    instance,
                    why.name(),
                    Duration.between(begin, end).toSeconds());
            pausedUntil.put(instance, end);
        }
    }
}
