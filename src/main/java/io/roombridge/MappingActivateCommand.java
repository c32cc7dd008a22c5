package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.config.Settings;
import io.roombridge.ops.Call;
import io.roombridge.ops.MappingEndpoints;
import io.roombridge.ops.RunningBridge;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changed mapping files take effect now, and not when the running bridge looks next. */
@Command(
        name = "activate",
        mixinStandardHelpOptions = true,
        description = {
            "Let the running bridge take its changed mapping files at once. Exit code 1 if it refuses them, with the",
            "reasons. With --force it takes files whose tests fail; never files with faults."
        })
final class MappingActivateCommand implements Callable<Integer> {

    @Option(names = "--force", description = "Take files whose tests fail, or that lose events of late.")
    private boolean force;

    @Option(names = "--by", paramLabel = "NAME", description = "Who takes the responsibility; needed with --force.")
    private String by;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (force && (by == null || by.isBlank())) {
            throw new ParameterException(spec.commandLine(), "--force needs --by NAME: who takes the responsibility");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (force) {
            body.put("by", by);
        }
        JsonNode standing = running(options.read()).ask(Call.post(MappingEndpoints.ACTIVATE, body));
        PrintWriter out = spec.commandLine().getOut();
        out.println("in force: version " + standing.path("version").asText() + " since "
                + standing.path("since").asText());
        return standing.has("refused") ? refused(standing.path("refused"), out) : 0;
    }

    /** @throws CannotStart when no bridge runs */
    static RunningBridge running(Settings settings) {
        return RunningBridge.find(settings.dataDir())
                .orElseThrow(() -> new CannotStart(
                        "no bridge runs on " + settings.dataDir().toAbsolutePath()
                                + " with its management API on; a start takes the mapping files as they are",
                        null));
    }

    private static int refused(JsonNode refused, PrintWriter out) {
        out.println("refused:  version " + refused.path("version").asText());
        refused.path("why").forEach(why -> out.println("  " + why.asText()));
        return Main.FAILURE;
    }
}
