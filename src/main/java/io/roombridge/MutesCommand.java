package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.MuteEndpoints;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is muted, until when, by whom and why. */
@Command(name = "mutes", mixinStandardHelpOptions = true, description = "Show what is muted, by whom and why.")
final class MutesCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode found = AskBridge.with(options.read(), bridge -> bridge.ask(Call.get(MuteEndpoints.LIST, Map.of())));
        if (json || found.isEmpty()) {
            spec.commandLine().getOut().println(json ? found.toPrettyString() : "nothing is muted");
        } else {
            found.forEach(
                    mute -> spec.commandLine().getOut().println(mute.path("id").asText() + "  " + line(mute)));
        }
        return 0;
    }

    static String line(JsonNode mute) {
        return mute.path("what").asText() + " of tenant " + mute.path("tenant").asText() + " is muted until "
                + mute.path("until").asText() + ", by " + mute.path("by").asText() + ": "
                + mute.path("reason").asText();
    }
}
