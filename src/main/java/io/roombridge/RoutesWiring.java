package io.roombridge;

import io.roombridge.config.ClosingSettings;
import io.roombridge.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.main.Main;

/** From the settings to what the files in {@code routes/} leave open: which files, how often, and whether at all. */
final class RoutesWiring {

    /** Camel waits for its routes a little longer than the reader of the hub waits for what is in flight. */
    private static final int LONGER_SECONDS = 5;

    private RoutesWiring() {}

    /** Camel before its start. */
    static Main prepare(Settings settings) {
        Main camel = new Main();
        camel.configure().withRoutesIncludePattern(files()).withBasePackageScanEnabled(false);
        camel.configure()
                .withShutdownTimeout(Math.toIntExact(settings.hub().drain().toSeconds()) + LONGER_SECONDS);
        every(camel, "roombridge.appointments.interval", settings.recovery().sweep());
        every(camel, "roombridge.files.carry-interval", settings.files().interval());
        every(camel, "roombridge.poll.interval", settings.poll().interval());
        every(camel, "roombridge.mappings.interval", settings.mappings().interval());
        every(camel, "roombridge.closing.interval", settings.closing().interval());
        runs(camel, "roombridge.closing.runs", settings.closing().mode() != ClosingSettings.Mode.OFF);
        runs(camel, "roombridge.reconcile.runs", settings.reconcile().runs());
        camel.addInitialProperty(
                "roombridge.reconcile.cron", settings.reconcile().cron());
        WatchWiring.prepare(camel, settings);
        return camel;
    }

    private static void every(Main camel, String property, Duration interval) {
        camel.addInitialProperty(property, Long.toString(interval.toMillis()));
    }

    private static void runs(Main camel, String property, boolean runs) {
        camel.addInitialProperty(property, Boolean.toString(runs));
    }

    /** Routes of the working directory (or ROOMBRIDGE_HOME) take precedence over those inside the jar. */
    private static String files() {
        Path own = Home.resolve(Path.of("routes"));
        return Files.isDirectory(own) ? "file:" + own + "/*.camel.yaml" : "classpath:routes/*.camel.yaml";
    }
}
