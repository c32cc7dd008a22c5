package io.roombridge.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.roombridge.servicenow.CallListener;
import io.roombridge.servicenow.InstanceStanding;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Measures the calls to the ServiceNow instances, and how each of them stands (docs/metrics.md). */
public final class InstanceMeters implements CallListener {

    /** Which ServiceNow instance; {@code instance} is what Prometheus calls the process that it reads. */
    static final String LABEL = "servicenow";

    private final MeterRegistry meters;

    public InstanceMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void called(String instance, String purpose, Optional<Reason> failure, Duration took) {
        Timer.builder("roombridge.servicenow.calls")
                .description("calls to an instance, by what they were for and how they ended")
                .tag(LABEL, instance)
                .tag("purpose", purpose)
                .tag("result", failure.map(Reason::label).orElse("ok"))
                .register(meters)
                .record(took);
    }

    @Override
    public void missed(String instance, String field, String why) {
        meters.counter("roombridge.references.missed", LABEL, instance, "field", field, "why", why)
                .increment();
    }

    /** Shows how an instance stands, from now on. */
    public void watch(String instance, ServiceNowGateway gateway) {
        gauge(
                "roombridge.servicenow.up",
                "1 while calls leave freely, 0 while the instance is left alone",
                instance,
                gateway,
                standing -> standing.troubled().isEmpty() ? 1 : 0);
        gauge(
                "roombridge.servicenow.unauthorized",
                "1 while the instance does not accept the login",
                instance,
                gateway,
                standing -> standing.troubled().equals(Optional.of(Reason.UNAUTHORIZED)) ? 1 : 0);
        gauge(
                "roombridge.servicenow.budget.limit",
                "calls that the instance allows in an hour; NaN until it told",
                instance,
                gateway,
                standing -> standing.hourlyLimit().isPresent()
                        ? standing.hourlyLimit().getAsInt()
                        : Double.NaN);
        gauge(
                "roombridge.servicenow.budget.used",
                "calls of this hour that are made or set aside, by all nodes",
                instance,
                gateway,
                InstanceStanding::used);
        gauge(
                "roombridge.servicenow.clock.ahead.seconds",
                "how far the instance's clock is ahead of this machine's; NaN before its first answer",
                instance,
                gateway,
                standing ->
                        standing.ahead().map(ahead -> ahead.toMillis() / 1000.0).orElse(Double.NaN));
    }

    /** Whether calls leave for an instance; one whose hour is spent is waited for, which is no fault. */
    public static Check check(String instance, ServiceNowGateway gateway) {
        String name = "servicenow-" + instance;
        return gateway.standing()
                .troubled()
                .filter(reason -> reason != Reason.RATE_LIMITED)
                .map(reason -> Check.down(name, reason.label() + ": " + reason.meaning()))
                .orElseGet(() -> Check.up(name, "takes calls"));
    }

    private void gauge(
            String name,
            String meaning,
            String instance,
            ServiceNowGateway gateway,
            ToDoubleFunction<InstanceStanding> of) {
        Function<ServiceNowGateway, InstanceStanding> now = ServiceNowGateway::standing;
        Gauge.builder(name, gateway, watched -> of.applyAsDouble(now.apply(watched)))
                .description(meaning)
                .tag(LABEL, instance)
                .register(meters);
    }
}
