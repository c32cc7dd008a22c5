package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.DeadLetterEndpoints;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A named person gives dead letters up; what is parked behind them goes on. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = "Give dead letters up; what is parked behind them goes on.")
final class DeadDropCommand implements Callable<Integer> {

    @Mixin
    private DeadChoice choice;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode answer = AskBridge.with(
                options.read(), bridge -> bridge.ask(Call.post(DeadLetterEndpoints.DROP, choice.body())));
        spec.commandLine()
                .getOut()
                .println(DeadTable.numbers(answer.path("dropped")) + " given up; what was parked behind goes on");
        return 0;
    }
}
