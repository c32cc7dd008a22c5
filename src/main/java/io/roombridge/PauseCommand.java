package io.roombridge;

import io.roombridge.ops.PauseEndpoints;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops what is written in one direction; changes wait in their order, and nothing expires (docs/operations.md, "Pause"). */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Stop one direction, for one tenant or for all: what would go there waits in its order.")
final class PauseCommand implements Callable<Integer> {

    @Mixin
    private PauseChoice choice;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return choice.ask(PauseEndpoints.PAUSE, spec.commandLine().getOut());
    }
}
