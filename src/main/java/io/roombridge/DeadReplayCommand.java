package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.DeadLetterEndpoints;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A named person wants dead letters tried again; what is parked behind them follows. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Try dead letters again; what is parked behind them follows in its order.")
final class DeadReplayCommand implements Callable<Integer> {

    @Mixin
    private DeadChoice choice;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode answer = AskBridge.with(
                options.read(), bridge -> bridge.ask(Call.post(DeadLetterEndpoints.REPLAY, choice.body())));
        spec.commandLine()
                .getOut()
                .println(DeadTable.numbers(answer.path("asked"))
                        + " will be tried again by the bridge within seconds; dead list shows what remains");
        return 0;
    }
}
