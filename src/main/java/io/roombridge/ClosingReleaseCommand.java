package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.roombridge.ops.Call;
import io.roombridge.ops.ClosingEndpoints;
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
        JsonNode released = AskBridge.with(
                options.read(),
                bridge -> bridge.ask(Call.post(
                        ClosingEndpoints.RELEASE,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("tenant", tenant)
                                .put("by", by)
                                .put("reason", reason))));
        spec.commandLine()
                .getOut()
                .println("the brake of tenant " + released.path("tenant").asText() + " is released by "
                        + released.path("releasedBy").asText());
        return 0;
    }
}
