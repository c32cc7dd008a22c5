package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.adoption.ExportedTicket;
import io.roombridge.adoption.TicketExport;
import io.roombridge.config.Settings;
import io.roombridge.ops.AdoptionEndpoints;
import io.roombridge.ops.Call;
import io.roombridge.ops.RunningBridge;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plans which incidents of the native integration are taken over (docs/operations.md, "Taking over from the native integration"). */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Match the portal's ticket export with the incidents that its own integration made, and keep the plan: what is",
            "certain is linked once the bridge is live, what is not waits for a person. Exit code 1: something waits."
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = {
                "The JSON that Reports > Overview > Export tickets gives.",
                "Without it: what the bridge knows to be open, matched by text with what",
                "roombridge.instances.NAME.adoption-query finds."
            })
    private Path file;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Whose export it is, where several are known.")
    private String tenant;

    @Option(names = "--dry-run", description = "Show what would be planned; keep nothing.")
    private boolean dryRun;

    @Option(names = "--by", paramLabel = "NAME", description = "Who takes the responsibility; needed to keep the plan.")
    private String by;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
    private String reason;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!dryRun && (by == null || reason == null)) {
            throw new ParameterException(
                    spec.commandLine(), "to keep the plan, --by NAME and --reason TEXT are needed");
        }
        Optional<TicketExport> export = Optional.ofNullable(file).map(ImportCommand::read);
        JsonNode answer = running(options.read()).ask(Call.post(AdoptionEndpoints.IMPORT, body(export)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            print(export, answer, out);
        }
        boolean waits = export.filter(read -> !read.faults().isEmpty()).isPresent();
        for (JsonNode match : answer.path("matches")) {
            waits |= match.path("state").asText().equals("uncertain");
        }
        return waits ? Main.FAILURE : 0;
    }

    private void print(Optional<TicketExport> export, JsonNode answer, PrintWriter out) {
        export.map(TicketExport::faults)
                .orElse(List.of())
                .forEach(fault -> out.println("row " + fault.row() + " was not read: " + fault.problem()));
        out.println(new AdoptionTable(answer.path("matches")).text());
        export.ifPresent(read -> out.println(
                read.tickets().stream().filter(ticket -> !ticket.open()).count()
                        + " more are resolved or closed in the portal; nothing is done about them"));
        out.println(
                dryRun
                        ? "nothing was kept"
                        : answer.path("changed").asInt()
                                + " rows are new or changed; adoptions shows what becomes of them");
    }

    /** Only what is open goes to the bridge. */
    private ObjectNode body(Optional<TicketExport> export) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
        body.put("tenant", tenant).put("by", by).put("reason", reason);
        export.ifPresent(read -> tickets(read, body.putArray("tickets")));
        return body;
    }

    private static void tickets(TicketExport export, ArrayNode tickets) {
        export.tickets().stream().filter(ExportedTicket::open).forEach(ticket -> {
            ObjectNode row = tickets.addObject().put("id", ticket.id());
            ticket.incident().ifPresent(number -> row.put("incident", number));
            ticket.room().ifPresent(room -> row.put("room", room));
            ticket.signal().ifPresent(signal -> row.put("signal", signal));
        });
    }

    private static TicketExport read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return TicketExport.read(in);
        } catch (NoSuchFileException e) {
            throw new CannotStart("there is no file " + file + "; expected the portal's ticket export", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        } catch (TicketExport.Unreadable e) {
            throw new CannotStart(file + ": " + e.getMessage() + "; nothing was imported", e);
        }
    }

    /** @throws CannotStart when no bridge runs */
    static RunningBridge running(Settings settings) {
        return RunningBridge.find(settings.dataDir())
                .orElseThrow(() -> new CannotStart(
                        "no bridge runs on " + settings.dataDir().toAbsolutePath()
                                + " with its management API on; it is needed to look into ServiceNow. Start it, in shadow or live mode",
                        null));
    }
}
