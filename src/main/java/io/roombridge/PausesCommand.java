package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.PauseEndpoints;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is paused, since when, by whom and why. */
@Command(name = "pauses", mixinStandardHelpOptions = true, description = "Show what is paused, by whom and why.")
final class PausesCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode found = AskBridge.with(options.read(), bridge -> bridge.ask(Call.get(PauseEndpoints.LIST, Map.of())));
        spec.commandLine().getOut().println(json ? found.toPrettyString() : PauseChoice.text(found));
        return 0;
    }
}
