package io.roombridge;

import io.roombridge.config.Settings;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks everything that needs no network. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Check settings, mappings, routes, CA files and the calendar without any network; exit code 78 if they are bad.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = options.read();
        MappingWiring.load(settings);
        OfflineCheck.of(settings, Clock.systemUTC().instant());
        spec.commandLine()
                .getOut()
                .println(
                        "settings and mappings are good, routes and certificates can be read (" + options.file() + ")");
        return 0;
    }
}
