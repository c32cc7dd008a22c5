package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.mapping.Acceptance;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.Preview;
import io.roombridge.mapping.Serving;
import io.roombridge.ops.Call;
import io.roombridge.ops.MappingEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What mapping files make of events, before they are in force. Nothing is written. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = {
            "Show what mapping files make of an event, without any network; or, with --last, what they would change in the",
            "last tickets of the running bridge, and what ServiceNow would refuse, cut or ignore. Nothing is written. Exit",
            "code 1 if nothing can be made of an event."
        })
final class MappingPreviewCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "EVENT.json", description = "An event, as docs/events.md describes it.")
    private Path event;

    @Option(names = "--last", paramLabel = "N", description = "The last N tickets of the running bridge, at most 500.")
    private Integer last;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "The mapping files (default: the folder of the settings).")
    private Path folder;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "For EVENT.json: show what differs from this folder.")
    private Path against;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if ((event == null) == (last == null)) {
            throw new ParameterException(spec.commandLine(), "name either an EVENT.json or --last N");
        }
        JsonNode tickets = event == null ? ofTheBridge() : ofTheFile();
        PreviewTable table = new PreviewTable(tickets);
        spec.commandLine().getOut().println(json ? tickets.toPrettyString() : table.text());
        return table.loses() ? Main.FAILURE : 0;
    }

    private JsonNode ofTheBridge() {
        JsonNode answer = MappingActivateCommand.running(options.read())
                .ask(Call.get(
                        MappingEndpoints.PREVIEW,
                        Map.of("folder", files().toAbsolutePath().toString(), "last", last.toString())));
        if (answer.has("faults")) {
            List<String> faults = new ArrayList<>(List.of("the mapping files cannot be used:"));
            answer.path("faults").forEach(fault -> faults.add(fault.asText()));
            throw new CannotStart(String.join("\n  ", faults), null);
        }
        return answer.path("tickets");
    }

    private Path files() {
        return folder == null ? MappingWiring.folder(options.read()) : folder;
    }

    private JsonNode ofTheFile() {
        Input input = Input.read(text());
        Preview preview = Preview.of(
                Optional.ofNullable(against)
                        .map(other -> load(other).of(input.key().tenant())),
                load(folder == null ? Home.resolve(Path.of("mappings")) : folder)
                        .of(input.key().tenant()),
                input,
                Acceptance.UNASKED);
        ObjectNode ticket = MappingEndpoints.json(preview).put("name", event.toString());
        ArrayNode tickets = JsonNodeFactory.instance.arrayNode();
        return tickets.add(ticket);
    }

    private static MappingVersion load(Path files) {
        return MappingVersion.load(MappingDirectory.read(files), Serving.UNKNOWN);
    }

    private String text() {
        try {
            return Files.readString(event);
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "there is no file " + event, e);
        } catch (IOException e) {
            throw new UncheckedIOException(event + " cannot be read: " + e.getMessage(), e);
        }
    }
}
