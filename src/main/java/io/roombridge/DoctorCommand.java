package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.doctor.Doctor;
import io.roombridge.doctor.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves against both sides that the bridge can do its work there (docs/operations.md). */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Prove against ServiceNow and Event Hubs, by doing it, that the bridge can do its work there.",
            "Makes one marked incident in each instance, and deletes or cancels it. Exit code 1: something is red."
        })
final class DoctorCommand implements Callable<Integer> {

    /** A call may take 65 s; a probe makes a few. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Option(names = "--read-only", description = "Make no incident; says what was not proven then.")
    private boolean readOnly;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = options.read();
        TlsWiring.apply(settings);
        Closings closings = new Closings();
        try {
            List<Step> steps = new DoctorWiring(settings, MappingWiring.load(settings), readOnly, closings).steps();
            DoctorTable table = new DoctorTable(new Doctor(steps, PATIENCE).examine());
            spec.commandLine().getOut().println(json ? table.json() : table.text());
            return table.healthy() ? 0 : Main.FAILURE;
        } finally {
            closings.close(null);
        }
    }
}
