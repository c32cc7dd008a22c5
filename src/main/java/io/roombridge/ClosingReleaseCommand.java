package io.roombridge;

import io.roombridge.correlation.ClosingBook;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A named person lets the brake of a tenant go; who, when and why is recorded. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Release the brake of a tenant: the closings of today are counted anew from now on.")
final class ClosingReleaseCommand implements Callable<Integer> {

    @Option(
            names = "--tenant",
            required = true,
            paramLabel = "TENANT",
            description = "The tenant, as its events name it.")
    private String tenant;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who takes the responsibility.")
    private String by;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why so many closings are right.")
    private String reason;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (tenant.isBlank() || by.isBlank() || reason.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--tenant, --by and --reason each need a text: the release is recorded with it");
        }
        String normal = tenant.strip().toLowerCase(Locale.ROOT);
        OpenStore.read(options.read(), jdbi -> {
            new ClosingBook(jdbi).release(normal, Clock.systemUTC().instant(), by.strip(), reason.strip());
            return normal;
        });
        spec.commandLine().getOut().println("the brake of tenant " + normal + " is released by " + by.strip());
        return 0;
    }
}
