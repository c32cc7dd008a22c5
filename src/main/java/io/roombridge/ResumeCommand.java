package io.roombridge;

import io.roombridge.ops.PauseEndpoints;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets a paused direction go on: what waited goes first, in its order. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Let a paused direction go on: what waited goes first, in its order.")
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private PauseChoice choice;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return choice.ask(PauseEndpoints.RESUME, spec.commandLine().getOut());
    }
}
