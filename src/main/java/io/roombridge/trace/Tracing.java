package io.roombridge.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** Spans of the bridge's own, beside those that Camel's component makes of each event, command and call. */
public final class Tracing {

    /** Nothing is traced. */
    public static final Tracing OFF = new Tracing(Optional.empty());

    private final Optional<Tracer> tracer;

    private Tracing(Optional<Tracer> tracer) {
        this.tracer = tracer;
    }

    public static Tracing by(OpenTelemetry telemetry) {
        return new Tracing(Optional.of(telemetry.getTracer("io.roombridge")));
    }

    /**
     * Marks the moment at which something is decided that others carry out later.
     *
     * @param cause the trace that led to it, where that is not the present one; without either a trace begins here
     * @return the traceparent for whoever carries it out; empty while tracing is off
     */
    public Optional<String> decided(String what, Optional<String> cause) {
        return tracer.flatMap(made -> {
            Context parent = Span.current().getSpanContext().isValid()
                    ? Context.current()
                    : cause.map(TraceParent::after).orElse(Context.root());
            Span decision = made.spanBuilder(what).setParent(parent).startSpan();
            decision.end();
            return TraceParent.of(decision.getSpanContext());
        });
    }
}
