package io.roombridge;

import com.azure.messaging.eventhubs.EventData;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.roombridge.config.Settings;
import io.roombridge.config.TraceSettings;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.portal.PortalEvents;
import io.roombridge.trace.TraceParent;
import io.roombridge.trace.Tracing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.jdbi.v3.core.Jdbi;

/** From the settings to traces: Camel's component makes the spans, the bridge says which trace an event continues. */
final class TraceWiring {

    /** Schedules and calls between routes are no news; a run that finds nothing to do would fill the collector. */
    private static final String UNTRACED = "quartz:*,direct:*";

    private static final Duration EXPORT_EVERY = Duration.ofSeconds(1);

    private final Optional<OpenTelemetry> telemetry;

    /** @param exporters where spans go, by the endpoint of the settings */
    TraceWiring(Settings settings, Closings closings, Function<String, SpanExporter> exporters) {
        TraceSettings traces = settings.traces();
        telemetry = traces.endpoint().map(exporters).map(exporter -> {
            SdkTracerProvider provider = SdkTracerProvider.builder()
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                            .setScheduleDelay(EXPORT_EVERY)
                            .build())
                    .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(traces.sample())))
                    .setResource(Resource.getDefault()
                            .merge(Resource.create(Attributes.builder()
                                    .put("service.name", "roombridge")
                                    .put("service.version", io.roombridge.Main.version())
                                    .build())))
                    .build();
            closings.onClose("traces", provider);
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(provider)
                    .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                    .build();
        });
    }

    static SpanExporter otlp(String endpoint) {
        return OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build();
    }

    /** What the bridge's own spans are made by. */
    Tracing tracing() {
        return telemetry.map(Tracing::by).orElse(Tracing.OFF);
    }

    /** Has Camel trace what is read from the hub, sent to it, and asked of ServiceNow; after Camel's init, before its start. */
    void bind(Main camel, RoombridgeEventHubsComponent hub, PortalEvents events, Jdbi jdbi) {
        telemetry.ifPresent(made -> {
            CamelContext context = camel.getCamelContext();
            context.getRegistry().bind("tracer", Tracer.class, made.getTracer("camel"));
            context.getRegistry().bind("propagators", ContextPropagators.class, made.getPropagators());
            OpenTelemetryTracer tracer = new OpenTelemetryTracer();
            tracer.setExcludePatterns(UNTRACED);
            tracer.init(context);
            PortalOutbox outbox = new PortalOutbox(jdbi);
            hub.traces(event -> attribute(events, event, TraceParent.NAME)
                    .filter(TraceParent::isOne)
                    .or(() -> attribute(events, event, "correlationid").flatMap(outbox::traceOf)));
        });
    }

    private static Optional<String> attribute(PortalEvents events, EventData event, String name) {
        return events.attribute(event.getBody(), event.getContentType(), event.getProperties(), name);
    }
}
