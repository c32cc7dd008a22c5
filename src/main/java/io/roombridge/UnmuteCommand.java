package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.MuteEndpoints;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hears something again before its mute ends. */
@Command(name = "unmute", mixinStandardHelpOptions = true, description = "Hear something again before its mute ends.")
final class UnmuteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The number that mutes shows.")
    private int id;

    @Mixin
    private Responsible who;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode ended = AskBridge.with(
                options.read(),
                bridge -> bridge.ask(Call.post(MuteEndpoints.UNMUTE, who.body().put("id", id))));
        spec.commandLine().getOut().println(ended.path("what").asText() + " is heard again");
        return 0;
    }
}
