package io.roombridge.ops;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.roombridge.route.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The meters of this process, and how Prometheus reads them (docs/metrics.md). */
public final class Metrics implements AutoCloseable {

    /** Camel's own path first, then the short alias. */
    static final List<String> PATHS = List.of("/observe/metrics", "/metrics");

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** For whoever asks for it: the only form that has exemplars. */
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String END = "# EOF\n";

    /** By default Micrometer adds exemplars to sums and counts, too, and Prometheus refuses a page that has such. */
    private static final PrometheusConfig EXEMPLARS_OF_BUCKETS = new PrometheusConfig() {
        @Override
        public String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            Properties properties = new Properties();
            properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
            return properties;
        }
    };

    /** Names that are measured as histograms; all bridges share their limits, so that they can be added up. */
    private static final List<String> HISTOGRAMS = List.of("roombridge.step", "roombridge.servicenow.calls");

    private static final double[] LIMITS = Stream.of(5L, 25L, 100L, 250L, 1000L, 2500L, 10_000L, 65_000L)
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
            .toArray();

    /** Whoever sends events for ever new tenants must not fill the memory of those who count them. */
    private static final int MOST_TENANTS = 100;

    private static final List<String> BY_TENANT = List.of(
            "roombridge.first.response",
            "roombridge.first.response.late",
            "roombridge.first.response.overdue",
            "roombridge.closing.braked");

    /** By itself, because it is read while nothing is entered, and for that it must be quick. */
    private final PrometheusMeterRegistry books = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
            EXEMPLARS_OF_BUCKETS, new PrometheusRegistry(), Clock.SYSTEM, new ExemplarSpan());
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    /** @param version of the bridge */
    public Metrics(String version) {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return HISTOGRAMS.contains(id.getName())
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(LIMITS)
                                .build()
                                .merge(config)
                        : config;
            }
        });
        BY_TENANT.forEach(name -> registry.config()
                .meterFilter(MeterFilter.maximumAllowableTags(name, "tenant", MOST_TENANTS, MeterFilter.deny())));
        Gauge.builder("roombridge.version", () -> 1)
                .description("1; the label names the version")
                .tag("version", version)
                .register(registry);
        Stream.of(
                        garbage,
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** For {@link Outcomes} alone. */
    public MeterRegistry books() {
        return books;
    }

    /** What Prometheus reads: open, because it says nothing of tickets, rooms or people. */
    public List<Endpoint> endpoints(Outcomes outcomes) {
        return PATHS.stream()
                .map(path -> Endpoint.open(path, call -> {
                    String type = call.accept().contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
                    byte[] text = scrape(outcomes, type).getBytes(StandardCharsets.UTF_8);
                    return new Answer(200, type, out -> out.write(text));
                }))
                .toList();
    }

    /** All meters at one moment, at which the books balance. */
    public String scrape(Outcomes outcomes) {
        return scrape(outcomes, TEXT);
    }

    /** The two registries are one page, which has one end. */
    private String scrape(Outcomes outcomes, String type) {
        String balance = outcomes.atRest(() -> books.scrape(type));
        return (balance.endsWith(END) ? balance.substring(0, balance.length() - END.length()) : balance)
                + registry.scrape(type);
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
        books.close();
    }
}
