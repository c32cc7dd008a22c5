package io.roombridge.ops;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;

/** Which trace a measurement belongs to, for the exemplars of histograms; nothing while tracing is off. */
final class ExemplarSpan implements SpanContext {

    @Override
    public String getCurrentTraceId() {
        return present() ? Span.current().getSpanContext().getTraceId() : null;
    }

    @Override
    public String getCurrentSpanId() {
        return present() ? Span.current().getSpanContext().getSpanId() : null;
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return Span.current().getSpanContext().isSampled();
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        Span.current().setAttribute(EXEMPLAR_ATTRIBUTE_NAME, EXEMPLAR_ATTRIBUTE_VALUE);
    }

    private static boolean present() {
        return Span.current().getSpanContext().isValid();
    }
}
