package io.roombridge;

import io.roombridge.config.Settings;
import java.io.PrintWriter;
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
        PrintWriter out = spec.commandLine().getOut();
        out.println("settings and mappings are good, routes and certificates can be read (" + options.file() + ")");
        if (settings.watch().group().isEmpty()) {
            out.println("roombridge.watch.group is not set: ServiceNow is not told what is wrong with the bridge");
        }
        if (settings.mail().host().isEmpty()) {
            out.println("roombridge.mail.host is not set: nobody gets a mail when ServiceNow does not answer");
        }
        return 0;
    }
}
