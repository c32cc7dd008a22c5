package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.MuteEndpoints;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Silences something until a stated time (docs/operations.md, "Mute"). */
@Command(
        name = "mute",
        mixinStandardHelpOptions = true,
        description = "Silence a ticket, a room or a signal until a stated time, as a suppression in the portal would.")
final class MuteCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "KEY|ROOM|SIGNAL",
            description = "A ticket (its id, its key or an incident of it), a room id or the name of a signal.")
    private String what;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Where several tenants have that room or signal.")
    private String tenant;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TIME",
            description = "When it ends: 2026-06-05T18:00:00Z, or PT4H from now.")
    private String until;

    @Mixin
    private Responsible who;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ObjectNode body = who.body().put("what", what).put("until", until);
        if (tenant != null) {
            body.put("tenant", tenant);
        }
        JsonNode muted = AskBridge.with(options.read(), bridge -> bridge.ask(Call.post(MuteEndpoints.MUTE, body)));
        spec.commandLine().getOut().println(MutesCommand.line(muted));
        return 0;
    }
}
