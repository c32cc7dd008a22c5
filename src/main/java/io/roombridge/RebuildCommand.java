package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.PollCursors;
import io.roombridge.correlation.Recreation;
import io.roombridge.correlation.StoreLife;
import io.roombridge.rebuild.Patient;
import io.roombridge.rebuild.Rebuild;
import io.roombridge.rebuild.Report;
import io.roombridge.route.Clocks;
import io.roombridge.servicenow.CallListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings a lost store, or an old backup of it, up to date from ServiceNow (docs/operations.md). */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Bring a lost store, or a restored backup of it, up to date from ServiceNow.",
            "The bridge has to be stopped. Exit code 1: something in the list waits for a person."
        })
final class RebuildCommand implements Callable<Integer> {

    @Option(names = "--dry-run", description = "Read and report only; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--retell-days",
            paramLabel = "DAYS",
            defaultValue = "7",
            description =
                    "What happened in ServiceNow in the last DAYS days is told to the portal again, under the same"
                            + " ids, so that it drops what it has (default: ${DEFAULT-VALUE}). At least as long as the bridge"
                            + " was away.")
    private int retellDays;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (retellDays < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--retell-days=" + retellDays + ": expected a whole number of days, at least 1");
        }
        Settings settings = options.read();
        ShadowMode.refuse(settings, "nothing of it is in ServiceNow, so nothing can come back from there");
        Report report = rebuild(settings, Clock.systemUTC());
        report.print(spec.commandLine().getOut());
        return report.certain() ? 0 : Main.FAILURE;
    }

    private Report rebuild(Settings settings, Clock clock) {
        Closings closings = new Closings();
        try {
            Instant now = clock.instant();
            Database database = closings.onClose("database", OpenStore.ofStoppedBridge(settings, now));
            Jdbi jdbi = Jdbi.create(database.dataSource());
            StoreLife life = new StoreLife(jdbi);
            if (life.shadowSince().isPresent() && life.activated().isEmpty()) {
                throw new CannotStart(
                        "this store was in shadow mode only: nothing of it is in ServiceNow; start the bridge, which takes"
                                + " over what is open",
                        null);
            }
            DefaultCamelContext camel = new DefaultCamelContext();
            closings.onClose("camel", camel::stop);
            camel.start();
            return new Rebuild(
                            new Recreation(jdbi),
                            new PollCursors(jdbi),
                            life,
                            SidesWiring.desks(
                                    settings,
                                    closings,
                                    camel,
                                    jdbi,
                                    "rebuild",
                                    CallListener.NONE,
                                    new Clocks(clock, clock)),
                            new Patient(RebuildCommand::pause),
                            dryRun)
                    .run(Duration.ofDays(retellDays), now);
        } finally {
            closings.close(null);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; nothing is lost, run it again", e);
        }
    }
}
