package io.roombridge.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The W3C {@code traceparent}: as a header of HTTP, and as an attribute of CloudEvents (their distributed tracing extension).
 * Random numbers and nothing else: it says nothing of tickets, rooms or people.
 */
public final class TraceParent {

    /** Of the header, and of the attribute. */
    public static final String NAME = "traceparent";

    private static final Pattern FORM = Pattern.compile("^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$");

    private TraceParent() {}

    /** Of the span that this thread works on; empty outside of any, and while tracing is off. */
    public static Optional<String> current() {
        return of(Span.current().getSpanContext());
    }

    static Optional<String> of(SpanContext span) {
        return span.isValid()
                ? Optional.of("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex())
                : Optional.empty();
    }

    /** Whether a text of others has the form; anything else is not followed. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** What comes after it; without a trace where it has another form. */
    static Context after(String traceparent) {
        Matcher parts = FORM.matcher(traceparent);
        if (!parts.matches()) {
            return Context.root();
        }
        SpanContext parent = SpanContext.createFromRemoteParent(
                parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }
}
