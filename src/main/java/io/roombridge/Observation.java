package io.roombridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.config.ClusterSettings;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Backlog;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.Duties;
import io.roombridge.correlation.HourlyCounts;
import io.roombridge.eventhubs.ReadingListener;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.ops.Check;
import io.roombridge.ops.ClusterMeters;
import io.roombridge.ops.Endpoint;
import io.roombridge.ops.HealthEndpoints;
import io.roombridge.ops.HubMeters;
import io.roombridge.ops.InboxMeters;
import io.roombridge.ops.InstanceMeters;
import io.roombridge.ops.Measures;
import io.roombridge.ops.Metrics;
import io.roombridge.ops.StoreCheck;
import io.roombridge.route.Desks;
import io.roombridge.route.OneNode;
import io.roombridge.route.Outcomes;
import io.roombridge.route.StepTimes;
import io.roombridge.servicenow.CallListener;
import io.roombridge.servicenow.CountedCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.jdbi.v3.core.Jdbi;

/** What can be seen of the bridge from outside: meters (docs/metrics.md) and health (docs/operations.md). */
final class Observation {

    private static final Duration STORE_ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final Settings settings;
    private final Closings closings;
    private final Clock machine;
    private final Metrics metrics;
    private final Outcomes outcomes;
    private final HubMeters hub;
    private final InstanceMeters instances;
    private final HourlyCounts counts;
    private final List<Supplier<Check>> checks = new ArrayList<>();

    /** @param counts what reports need to know, and no row tells */
    Observation(Settings settings, Closings closings, HourlyCounts counts, Clock machine) {
        this.settings = settings;
        this.closings = closings;
        this.machine = machine;
        metrics = closings.onClose("metrics", new Metrics(io.roombridge.Main.version()));
        this.counts = counts;
        outcomes = new Outcomes(metrics.books(), counts);
        hub = new HubMeters(metrics.registry(), outcomes, machine);
        instances = new InstanceMeters(metrics.registry());
    }

    MeterRegistry meters() {
        return metrics.registry();
    }

    Outcomes outcomes() {
        return outcomes;
    }

    HubMeters hub() {
        return hub;
    }

    ReadingListener inbox() {
        return new InboxMeters(metrics.registry(), outcomes);
    }

    /** One more part whose health is told. */
    void watch(Supplier<Check> check) {
        checks.add(check);
    }

    CallListener calls() {
        return instances.and(new CountedCalls(counts, machine));
    }

    /** Gives the routes what watches their steps, and which of them run here. */
    void bind(Main camel, Duties duties) {
        camel.bind("hourlyCounts", counts);
        camel.bind("stepTimes", new StepTimes(meters()));
        camel.bind("oneNode", new OneNode(duties::of, outcomes::handOver));
    }

    /** Watches the parts from now on; {@code measures} is what the route of this name calls. */
    void watch(
            CamelContext camel,
            RoombridgeEventHubsComponent events,
            Desks desks,
            Jdbi jdbi,
            Cluster cluster,
            Duties duties,
            Clock clock) {
        camel.getRegistry()
                .bind(
                        "measures",
                        new Measures(new Backlog(jdbi), events::lag, asker("hub-lag"), meters(), clock, machine));
        desks.all().forEach(desk -> instances.watch(desk.name(), desk.gateway()));
        ClusterMeters nodes = new ClusterMeters(cluster, duties, ClusterWiring.DUTIES, meters());
        boolean alone = settings.cluster().join() == ClusterSettings.Join.ALONE;
        checks.add(() -> hub.check(alone));
        desks.all().forEach(desk -> checks.add(() -> InstanceMeters.check(desk.name(), desk.gateway())));
        checks.add(new StoreCheck(jdbi, asker("store-check"), STORE_ANSWERS_WITHIN));
        checks.add(nodes::check);
    }

    /** A thread that may wait for a peer; stopping does not wait for it. */
    private ExecutorService asker(String name) {
        ExecutorService asker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        closings.onClose(name, asker::shutdownNow);
        return asker;
    }

    List<Endpoint> endpoints() {
        return Stream.of(metrics.endpoints(outcomes), HealthEndpoints.of(checks))
                .flatMap(List::stream)
                .toList();
    }
}
