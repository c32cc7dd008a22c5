package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Books;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.Database;
import io.roombridge.ops.Call;
import io.roombridge.ops.ReconcileEndpoints;
import io.roombridge.ops.RunningBridge;
import io.roombridge.reconcile.Reconcile;
import io.roombridge.route.Clocks;
import io.roombridge.servicenow.CallListener;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the store with ServiceNow and the portal, on demand (docs/operations.md, "Reconcile"). */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Compare the store with ServiceNow and with what the portal said last, and let the running bridge repair what",
            "is safe. Where no bridge runs nothing is repaired. Exit code 1: something waits for a person."
        })
final class ReconcileCommand implements Callable<Integer> {

    @Option(names = "--dry-run", description = "Compare and report only; repair nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = options.read();
        ShadowMode.refuse(settings, "there are no incidents to compare with");
        Optional<RunningBridge> bridge = RunningBridge.find(settings.dataDir());
        JsonNode found = bridge.map(this::ask).orElseGet(() -> compare(settings, Clock.systemUTC()));
        if (json) {
            spec.commandLine().getOut().println(found.toPrettyString());
        } else {
            spec.commandLine().getOut().println(new FindingsTable(found).text());
        }
        return found.path("clean").asBoolean() ? 0 : Main.FAILURE;
    }

    private JsonNode ask(RunningBridge bridge) {
        return bridge.ask(
                dryRun
                        ? Call.get(ReconcileEndpoints.PATH, Map.of())
                        : Call.post(ReconcileEndpoints.PATH, JsonNodeFactory.instance.objectNode()));
    }

    /** What is found is sent by nobody, so nothing is repaired. */
    private static JsonNode compare(Settings settings, Clock clock) {
        Closings closings = new Closings();
        try {
            Database database = closings.onClose("database", OpenStore.forCommand(settings));
            Jdbi jdbi = Jdbi.create(database.dataSource());
            Cluster cluster = closings.onClose("cluster", Cluster.alone(jdbi, "reconcile"));
            DefaultCamelContext camel = new DefaultCamelContext();
            closings.onClose("camel", camel::stop);
            camel.start();
            return new Reconcile(
                            Books.of(jdbi, cluster.tickets()),
                            SidesWiring.desks(
                                    settings,
                                    closings,
                                    camel,
                                    jdbi,
                                    "reconcile",
                                    CallListener.NONE,
                                    new Clocks(clock, clock)),
                            round -> {},
                            SidesWiring.commands(settings, clock),
                            false,
                            clock)
                    .compare(false)
                    .json();
        } finally {
            closings.close(null);
        }
    }
}
