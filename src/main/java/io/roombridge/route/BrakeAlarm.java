package io.roombridge.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.closing.Brake;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls people when the brake holds: one warning in the log for each tenant and day, and a meter that is 1 as long as it
 * holds. Tickets are not written to: their customers can do nothing about it.
 */
final class BrakeAlarm {

    /** 1 while no more tickets of the tenant are closed today; 0 again with the next day, or when it is released. */
    static final String METER = "roombridge.closing.braked";

    private static final Logger LOG = LoggerFactory.getLogger(BrakeAlarm.class);

    private final MeterRegistry meters;
    private final Brake brake;
    private final BiFunction<String, Instant, Optional<String>> braked;
    private final Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();
    private final Map<String, Instant> warned = new ConcurrentHashMap<>();

    /** @param braked why a tenant's tickets are not closed at a moment, if they are not */
    BrakeAlarm(MeterRegistry meters, Brake brake, BiFunction<String, Instant, Optional<String>> braked) {
        this.meters = meters;
        this.brake = brake;
        this.braked = braked;
    }

    /** A day is over, or a person released it. Not asked when the meter is read: the store may be away then. */
    void look(Instant now) {
        shown.forEach((tenant, holds) -> holds.set(braked.apply(tenant, now).isPresent() ? 1 : 0));
    }

    private AtomicInteger gauge(String tenant) {
        AtomicInteger holds = new AtomicInteger();
        Gauge.builder(METER, holds, AtomicInteger::get)
                .description("1 while the brake keeps tickets of the tenant from being closed for inactivity")
                .tag("tenant", tenant)
                .register(meters);
        return holds;
    }

    void holds(String tenant, String why, Instant now) {
        Instant day = brake.dayBegin(now);
        if (day.equals(warned.put(tenant, day))) {
            return;
        }
        shown.computeIfAbsent(tenant, this::gauge).set(1);
        LOG.atWarn()
                .addKeyValue("tenant", tenant)
                .addKeyValue("why", why)
                .addKeyValue("since", day)
                .log("the brake holds: no more tickets of this tenant are closed for inactivity today");
    }
}
