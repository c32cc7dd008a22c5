package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.Pauses;
import io.roombridge.ops.Call;
import io.roombridge.ops.PauseEndpoints;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which direction a person stops or lets go on, for whom and why; all of it is recorded. */
final class PauseChoice {

    @Option(
            names = "--direction",
            paramLabel = "DIRECTION",
            defaultValue = PauseEndpoints.BOTH,
            description = "to-servicenow, to-portal or both (default: ${DEFAULT-VALUE}).")
    private String direction;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "The tenant, as its events name it (default: every tenant).")
    private String tenant;

    @Mixin
    private Responsible who;

    @Mixin
    private SettingsOptions options;

    /** Asks for it, and says what is paused now. */
    int ask(String path, PrintWriter out) {
        ObjectNode body = who.body().put("direction", direction);
        if (tenant != null) {
            body.put("tenant", tenant);
        }
        JsonNode answer = AskBridge.with(options.read(), bridge -> bridge.ask(Call.post(path, body)));
        out.println(text(answer));
        return 0;
    }

    static String text(JsonNode answer) {
        if (answer.path("pauses").isEmpty()) {
            return "nothing is paused";
        }
        StringBuilder lines = new StringBuilder();
        answer.path("pauses")
                .forEach(pause -> lines.append(lines.isEmpty() ? "" : "\n")
                        .append(pause.path("direction").asText())
                        .append(" of ")
                        .append(
                                pause.path("tenant").asText().equals(Pauses.EVERY_TENANT)
                                        ? "every tenant"
                                        : pause.path("tenant").asText())
                        .append(" is paused since ")
                        .append(pause.path("since").asText())
                        .append(" by ")
                        .append(pause.path("by").asText())
                        .append(": ")
                        .append(pause.path("reason").asText()));
        return lines.toString();
    }
}
