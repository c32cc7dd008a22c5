package io.roombridge.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Map;
import org.apache.logging.log4j.core.util.ContextDataProvider;

/** Gives each line of the log the trace it belongs to; Log4j finds it as a service. */
public final class LogTrace implements ContextDataProvider {

    @Override
    public Map<String, String> supplyContextData() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? Map.of("trace_id", span.getTraceId(), "span_id", span.getSpanId()) : Map.of();
    }
}
