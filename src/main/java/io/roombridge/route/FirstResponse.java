package io.roombridge.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.roombridge.correlation.FirstResponses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how long customers wait for the first word of the SOC, against the service's promise of four hours of clock time
 * (seed 004). A metric only: ServiceNow's own SLAs are the record.
 */
public final class FirstResponse {

    /** The promise of the managed service. */
    static final Duration PROMISED = Duration.ofHours(4);

    static final String TIMER = "roombridge.first.response";

    /** First responses that came later than promised. */
    static final String LATE = "roombridge.first.response.late";

    /** Tickets that wait for a first response for longer than promised, now. */
    static final String OVERDUE = "roombridge.first.response.overdue";

    private final FirstResponses responses;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, AtomicLong> overdue = new ConcurrentHashMap<>();
    private Instant measured;

    /** What was answered before it is made, is not measured again. */
    public FirstResponse(FirstResponses responses, MeterRegistry meters, Clock clock) {
        this.responses = responses;
        this.meters = meters;
        this.clock = clock;
        this.measured = clock.instant();
    }

    /** Called by the route {@code first-response}; returns how many first responses are new. */
    public synchronized int measure() {
        Instant now = clock.instant();
        List<FirstResponses.FirstResponse> fresh = responses.recorded(measured, now);
        fresh.forEach(response -> {
            Timer.builder(TIMER)
                    .description("time from the opening of a ticket to the first word of the SOC")
                    .serviceLevelObjectives(PROMISED)
                    .tag("tenant", response.tenant())
                    .register(meters)
                    .record(response.waited());
            meters.counter(LATE, "tenant", response.tenant())
                    .increment(response.waited().compareTo(PROMISED) > 0 ? 1 : 0);
        });
        Map<String, Long> waiting = responses.waitingSince(now.minus(PROMISED));
        waiting.keySet().forEach(this::gauge);
        overdue.forEach((tenant, shown) -> shown.set(waiting.getOrDefault(tenant, 0L)));
        measured = now;
        return fresh.size();
    }

    private void gauge(String tenant) {
        overdue.computeIfAbsent(tenant, one -> {
            AtomicLong shown = new AtomicLong();
            Gauge.builder(OVERDUE, shown, AtomicLong::get)
                    .description("open tickets that wait for the first word of the SOC for longer than promised")
                    .tag("tenant", one)
                    .register(meters);
            return shown;
        });
    }
}
