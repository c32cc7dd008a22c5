package io.roombridge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ServiceLoader;
import org.apache.logging.log4j.core.util.ContextDataProvider;
import org.junit.jupiter.api.Test;

/** A line of the log says which trace it belongs to. */
class LogTraceTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final ContextDataProvider found = ServiceLoader.load(ContextDataProvider.class).stream()
            .filter(one -> one.type() == LogTrace.class)
            .findFirst()
            .orElseThrow()
            .get();

    @Test
    void whatIsLoggedWithinATraceHasItsIds() {
        Context within = TraceParent.after(PARENT);
        try (Scope scope = within.makeCurrent()) {
            assertThat(scope).isNotNull();
            assertThat(TraceParent.current()).contains(PARENT);
            assertThat(found.supplyContextData())
                    .containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")
                    .containsEntry("span_id", "00f067aa0ba902b7");
        }
    }

    @Test
    void outsideOfTracesNothingIsAdded() {
        assertThat(found.supplyContextData()).isEmpty();
        assertThat(TraceParent.current()).isEmpty();
    }

    @Test
    void whatHasAnotherFormIsNotFollowed() {
        assertThat(TraceParent.isOne("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: y"))
                .isFalse();
        assertThat(Span.fromContext(TraceParent.after("nonsense"))
                        .getSpanContext()
                        .isValid())
                .isFalse();
    }
}
