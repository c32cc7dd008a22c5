package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.AuditEndpoint;
import io.roombridge.ops.Call;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who or what changed how the bridge acts. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Show who or what changed how the bridge acts, the newest first.")
final class AuditCommand implements Callable<Integer> {

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            defaultValue = "P30D",
            description = "How far back, for example P7D (default: ${DEFAULT-VALUE}).")
    private String within;

    @Option(names = "--act", paramLabel = "ACT", description = "Only these, for example scope-changed or paused.")
    private String act;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> wanted = act == null ? Map.of("within", within) : Map.of("within", within, "act", act);
        JsonNode found = AskBridge.with(options.read(), bridge -> bridge.ask(Call.get(AuditEndpoint.PATH, wanted)));
        if (json) {
            spec.commandLine().getOut().println(found.toPrettyString());
        } else {
            found.forEach(entry -> spec.commandLine().getOut().println(line(entry)));
        }
        return 0;
    }

    private static String line(JsonNode entry) {
        return String.join(
                "  ",
                entry.path("at").asText(),
                entry.path("act").asText(),
                entry.path("subject").asText(),
                shift(entry),
                "by " + entry.path("by").asText(),
                entry.path("reason").asText());
    }

    private static String shift(JsonNode entry) {
        String was = entry.path("was").asText();
        String became = entry.path("became").asText();
        return was.isEmpty() && became.isEmpty() ? "" : (was.isEmpty() ? "none" : was) + " -> " + became;
    }
}
