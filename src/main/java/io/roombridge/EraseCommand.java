package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.ErasureEndpoints;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes a person's name and texts from the bridge's store (docs/operations.md, "Erase"). */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = "Remove a person's name and texts from the bridge's store. Try --dry-run first.")
final class EraseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PERSON", description = "The name as it is shown in tickets, in any case.")
    private String person;

    @Option(names = "--dry-run", description = "Say how much would change, and change nothing.")
    private boolean dryRun;

    @Mixin
    private Responsible who;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode answer = AskBridge.with(
                options.read(),
                bridge -> bridge.ask(Call.post(
                        ErasureEndpoints.PATH, who.body().put("person", person).put("dryRun", dryRun))));
        PrintWriter out = spec.commandLine().getOut();
        if (answer.path("texts").isEmpty()) {
            out.println("the store holds nothing of that name");
        }
        answer.path("texts")
                .properties()
                .forEach(table -> out.println(table.getKey() + ": "
                        + table.getValue().asInt() + " texts " + (dryRun ? "would be erased" : "erased")));
        return 0;
    }
}
