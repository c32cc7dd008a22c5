package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.roombridge.ops.Call;
import io.roombridge.ops.DeadLetterEndpoints;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes that could not be applied: what there is, trying again, giving up (docs/operations.md, "Dead letters"). */
@Command(
        name = "dead",
        mixinStandardHelpOptions = true,
        description = "List, show, replay, drop or export the changes that could not be applied.",
        subcommands = {DeadReplayCommand.class, DeadDropCommand.class})
final class DeadCommand {

    @Spec
    private CommandSpec spec;

    /** Which letters are looked at. */
    static final class Filter {

        @Option(
                names = "--state",
                paramLabel = "STATE",
                description = "dead, parked or kept (together, unless given); replayed or dropped for settled ones.")
        private String state;

        @Option(names = "--reason", paramLabel = "REASON", description = "Why, for example refused-by-acl.")
        private String reason;

        @Option(names = "--ticket", paramLabel = "KEY|INC…", description = "A ticket id, or the number of an incident.")
        private String ticket;

        Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            put(values, "state", state);
            put(values, "reason", reason);
            put(values, "ticket", ticket);
            return values;
        }

        private static void put(Map<String, String> values, String name, String value) {
            if (value != null) {
                values.put(name, value);
            }
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the open letters, the oldest first.")
    int list(
            @Mixin Filter filter,
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Mixin SettingsOptions options) {
        JsonNode found = AskBridge.with(
                options.read(), bridge -> bridge.ask(Call.get(DeadLetterEndpoints.LIST, filter.values())));
        spec.commandLine().getOut().println(json ? found.toPrettyString() : new DeadTable(found).text());
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show one letter with all that is known of it.")
    int show(
            @Parameters(paramLabel = "ID", description = "The number that dead list shows.") long id,
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Mixin SettingsOptions options) {
        JsonNode letter = AskBridge.with(
                options.read(), bridge -> bridge.ask(Call.get(DeadLetterEndpoints.LIST + "/" + id, Map.of())));
        spec.commandLine().getOut().println(json ? letter.toPrettyString() : DeadTable.letter(letter));
        return 0;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Write letters with their payload to a new file, one JSON object a line.")
    int export(
            @Parameters(paramLabel = "FILE", description = "A file that is not there yet.") Path file,
            @Mixin Filter filter,
            @Mixin SettingsOptions options) {
        AskBridge.with(options.read(), bridge -> {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                bridge.ask(Call.get(DeadLetterEndpoints.EXPORT, filter.values()), out);
                return file;
            } catch (FileAlreadyExistsException e) {
                throw new ParameterException(spec.commandLine(), file + " is there already; name a new file");
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
            }
        });
        spec.commandLine().getOut().println("written to " + file + "; it holds what people said, keep it safe");
        return 0;
    }
}
