package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ops.AdoptionEndpoints;
import io.roombridge.ops.Call;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person decides about one ticket of an import, or takes it back (docs/operations.md, "Taking over from the native integration"). */
@Command(
        name = "adopt",
        mixinStandardHelpOptions = true,
        description = {
            "Say which incident is a ticket's (adopt TICKET INC…), that none is (adopt TICKET --new), or give back what was",
            "taken over (adopt --rollback for all, adopt TICKET --rollback for one)."
        })
final class AdoptCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "TICKET", description = "The portal's id of the ticket.")
    private String ticket;

    @Parameters(index = "1", arity = "0..1", paramLabel = "INCIDENT", description = "The number of its incident.")
    private String incident;

    @Option(names = "--new", description = "None of the incidents is: it gets a new one when it needs one.")
    private boolean fresh;

    @Option(names = "--rollback", description = "Give back what was taken over.")
    private boolean rollback;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Whose ticket it is, where several are known.")
    private String tenant;

    @Mixin
    private Responsible who;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean one = (incident != null ? 1 : 0) + (fresh ? 1 : 0) + (rollback ? 1 : 0) == 1;
        if (!one || (ticket == null && !rollback)) {
            throw new ParameterException(
                    spec.commandLine(), "say one of: TICKET INCIDENT, TICKET --new, --rollback, TICKET --rollback");
        }
        String path =
                rollback ? AdoptionEndpoints.ROLL_BACK : fresh ? AdoptionEndpoints.DECLINE : AdoptionEndpoints.LINK;
        ObjectNode body =
                who.body().put("ticket", ticket).put("incident", incident).put("tenant", tenant);
        JsonNode answer = ImportCommand.running(options.read()).ask(Call.post(path, body));
        spec.commandLine()
                .getOut()
                .println(
                        rollback
                                ? answer.path("count").asInt()
                                        + " tickets, linked or only planned, are taken back; adoptions shows how far that is"
                                : answer.path("ticket").asText() + " is "
                                        + answer.path("state").asText() + " "
                                        + answer.path("incident").asText());
        return 0;
    }
}
