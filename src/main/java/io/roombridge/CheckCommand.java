package io.roombridge;

import io.roombridge.config.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks everything that needs no network. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check settings and mappings without any network; exit code 78 if they are bad.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = options.read();
        MappingWiring.load(settings);
        spec.commandLine().getOut().println("settings and mappings are good (" + options.file() + ")");
        return 0;
    }
}
