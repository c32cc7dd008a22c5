package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.roombridge.ops.AdoptionEndpoints;
import io.roombridge.ops.Call;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What was imported or decided about incidents of the native integration, and what became of it. */
@Command(
        name = "adoptions",
        mixinStandardHelpOptions = true,
        description = "Show which incidents are taken over, which were, and which wait for a person.")
final class AdoptionsCommand implements Callable<Integer> {

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only these: planned, uncertain, linked, declined, rolling-back, rolled-back.")
    private String state;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode all = ImportCommand.running(options.read()).ask(Call.get(AdoptionEndpoints.LIST, Map.of()));
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        all.forEach(row -> {
            if (state == null || row.path("state").asText().equalsIgnoreCase(state)) {
                shown.add(row);
            }
        });
        spec.commandLine().getOut().println(json ? shown.toPrettyString() : new AdoptionTable(shown).text());
        return 0;
    }
}
