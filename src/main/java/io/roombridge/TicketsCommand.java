package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.TicketEndpoints;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One ticket on one screen (docs/operations.md, "One ticket"). */
@Command(
        name = "tickets",
        mixinStandardHelpOptions = true,
        description = {
            "Show a ticket: its key, incidents and clock, what waits and why, and what happened last. Asks the running",
            "bridge; opens the store where none runs."
        })
final class TicketsCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "KEY|INC…",
            description = "The number of any of its incidents, a ticket id (rb-…) or a canonical key.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode found = AskBridge.with(
                options.read(), bridge -> bridge.ask(Call.get(TicketEndpoints.PATH, Map.of("name", name))));
        spec.commandLine().getOut().println(json ? found.toPrettyString() : new TicketScreen(found).text());
        return 0;
    }
}
