package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.roombridge.config.Spelling;
import io.roombridge.ticket.Severity;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs the tests that stand beside the mapping files, {@code *.test.yaml}: what is given changes the example event, what is
 * expected is compared with the fields or the note that come out. No network, no clock.
 */
public final class MappingTests {

    private static final String SUFFIX = ".test.yaml";
    private static final List<String> PARTS =
            List.of("name", "mapping", "given", "bridge", "said", "expect", "contains", "absent", "rejected");

    private final MappingFolder folder;
    private final Mappings mappings;
    private final ExampleEvent example;

    /**
     * One test.
     *
     * @param differences what came out otherwise than expected, for people; empty when the test passed
     */
    public record Result(String file, int line, String name, List<String> differences) {

        public boolean passed() {
            return differences.isEmpty();
        }

        @Override
        public String toString() {
            String verdict = (passed() ? "ok      " : "FAILED  ") + file + ":" + line + "  " + name;
            return passed()
                    ? verdict
                    : verdict + "\n" + String.join("\n", differences).indent(4);
        }
    }

    private MappingTests(MappingFolder folder, Mappings mappings, ExampleEvent example) {
        this.folder = folder;
        this.mappings = mappings;
        this.example = example;
    }

    /**
     * Loads the folder and runs its tests.
     *
     * @throws BadMappings when the folder cannot be loaded, or a test file cannot be read
     */
    public static List<Result> run(MappingFolder folder) {
        return run(folder, Mappings.load(folder));
    }

    /**
     * Runs every test that is the folder's own: what is shipped is tested by shipped tests as long as nothing takes its place.
     *
     * @throws BadMappings when a test file cannot be read
     */
    static List<Result> run(MappingFolder folder, Mappings mappings) {
        List<MappingFault> faults = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        try {
            ExampleEvent example =
                    ExampleEvent.of(folder.read(MappingFolder.EXAMPLE).orElseThrow());
            MappingTests tests = new MappingTests(folder, mappings, example);
            for (String file : folder.ownNames()) {
                if (file.endsWith(SUFFIX)) {
                    results.addAll(tests.file(file, faults));
                }
            }
        } catch (CharacterCodingException | JsonProcessingException e) {
            throw new IllegalStateException("the folder was loaded before, so it can be read", e);
        }
        if (!faults.isEmpty()) {
            throw new BadMappings(faults);
        }
        return results;
    }

    private List<Result> file(String file, List<MappingFault> faults) {
        Optional<YamlNode> root = text(file, faults).flatMap(text -> YamlNode.parse(folder.place(file), text, faults));
        if (root.isEmpty()) {
            return List.of();
        }
        Map<String, YamlNode> top = root.get().entries(List.of("mapping", "tests"));
        Optional<YamlNode> mapping = Optional.ofNullable(top.get("mapping"));
        if (!top.containsKey("tests")) {
            root.get().fault("no tests", "'tests:' with a list");
            return List.of();
        }
        int before = faults.size();
        List<Result> results = new ArrayList<>();
        for (YamlNode test : top.get("tests").items()) {
            Map<String, YamlNode> parts = test.entries(PARTS);
            outcome(test, parts, Optional.ofNullable(parts.get("mapping")).or(() -> mapping))
                    .ifPresent(outcome -> results.add(new Result(
                            folder.place(file),
                            test.line(),
                            Optional.ofNullable(parts.get("name"))
                                    .map(YamlNode::text)
                                    .orElse("without a name"),
                            differences(parts, outcome))));
        }
        return faults.size() == before ? results : List.of();
    }

    private Optional<String> text(String file, List<MappingFault> faults) {
        try {
            return folder.read(file);
        } catch (CharacterCodingException e) {
            faults.add(MappingFault.notUtf8(folder.place(file)));
            return Optional.empty();
        }
    }

    /**
     * What a mapping made of an event: fields (a note is the one field {@code note}, a message to the portal or a text of a closing the
     * one field {@code message}), or why it failed.
     */
    private record Outcome(Map<String, String> fields, Optional<String> rejected) {}

    private Optional<Outcome> outcome(YamlNode test, Map<String, YamlNode> parts, Optional<YamlNode> mapping) {
        if (mapping.isEmpty()) {
            test.fault("it is not said what is tested", "'mapping:' here or at the top of the file");
            return Optional.empty();
        }
        String file = mapping.get().text() + ".jslt";
        Optional<MessageKind> message = Arrays.stream(MessageKind.values())
                .filter(kind -> kind.file().equals(file))
                .findFirst();
        if (message.isPresent()) {
            MessageInput said = said(json(parts, "said"));
            return Optional.of(attempt(() -> Map.of("message", mappings.message(message.get(), said))));
        }
        Optional<ClosingText> closing = Arrays.stream(ClosingText.values())
                .filter(kind -> kind.file().equals(file))
                .findFirst();
        if (closing.isPresent()) {
            ClosingInput said = closing(closing.get(), json(parts, "said"));
            return Optional.of(attempt(() -> Map.of("message", mappings.closing(closing.get(), said))));
        }
        Input input;
        try {
            input = withFacts(example.with(json(parts, "given")).input(), json(parts, "bridge"));
        } catch (IllegalArgumentException | DateTimeException e) {
            test.fault("the example event cannot be changed like this: " + e.getMessage(), "an event of the contract");
            return Optional.empty();
        }
        Optional<IncidentWrite> write = write(file, input);
        Optional<NoteKind> note = Arrays.stream(NoteKind.values())
                .filter(kind -> kind.file().equals(file))
                .findFirst();
        if (write.isEmpty() && note.isEmpty()) {
            mapping.get()
                    .fault(
                            "there is no mapping '" + mapping.get().text() + "'",
                            "the name of a mapping file without .jslt",
                            Spelling.nearest(file, MappingFiles.templateNames()));
            return Optional.empty();
        }
        return Optional.of(attempt(() -> write.map(
                        one -> mappings.fields(one, input).shown())
                .orElseGet(() -> Map.of("note", mappings.note(note.orElseThrow(), input)))));
    }

    private static Outcome attempt(Supplier<Map<String, String>> mapping) {
        try {
            return new Outcome(mapping.get(), Optional.empty());
        } catch (MappingFailed e) {
            return new Outcome(Map.of(), Optional.of(e.getMessage()));
        }
    }

    private static Optional<IncidentWrite> write(String file, Input input) {
        return Arrays.stream(IncidentWrite.values())
                .filter(write -> write.file().equals(file))
                .filter(write ->
                        write != IncidentWrite.CREATE || input.previous().isEmpty())
                .findFirst();
    }

    private static JsonNode json(Map<String, YamlNode> parts, String name) {
        return Optional.ofNullable(parts.get(name)).map(YamlNode::json).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static Input withFacts(Input input, JsonNode facts) {
        Input told = facts.has("episode")
                ? Input.of(input.event(), input.key(), facts.get("episode").asInt())
                : input;
        told = told.assigned(facts.path("assigned").asBoolean());
        if (facts.has("previous")) {
            told = told.following(
                    "0123456789abcdef0123456789abcdef", facts.get("previous").asText());
        }
        if (facts.has("healthySince")) {
            told = told.healthySince(Instant.parse(facts.get("healthySince").asText()));
        }
        if (facts.has("closeCode")) {
            told = told.closedWith(facts.get("closeCode").asText());
        }
        if (facts.has("since")) {
            told = told.since(Instant.parse(facts.get("since").asText()));
        }
        if (facts.has("about")) {
            told = told.naming(Optional.of(facts.get("about").asText()));
        }
        Optional<Severity> previous = Severity.of(facts.path("previousSeverity").asText());
        return previous.isPresent() ? told.changedFrom(previous.get()) : told;
    }

    private static MessageInput said(JsonNode said) {
        return new MessageInput(
                said.path("number").asText("INC0010001"),
                said.path("author").asText("COMPANY SOC"),
                text(said, "text"),
                text(said, "holdReason"),
                text(said, "closeCode"),
                text(said, "closeNotes"),
                text(said, "followUp"));
    }

    private static ClosingInput closing(ClosingText kind, JsonNode said) {
        ClosingInput input = ClosingInput.of(said.path("number").asText("INC0010001"));
        return kind.ofCount()
                ? input.counting(new ClosingInput.Count(
                        said.path("since").asText("Monday 1 June 2026"),
                        said.path("until").asText("end of Thursday 4 June 2026 (Europe/Berlin)"),
                        said.path("businessDays").asInt(3),
                        said.path("signal").asText("unhealthy")))
                : input;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }

    private static List<String> differences(Map<String, YamlNode> parts, Outcome outcome) {
        List<String> differences = new ArrayList<>();
        Optional<String> wanted = Optional.ofNullable(parts.get("rejected")).map(YamlNode::text);
        if (wanted.isPresent() || outcome.rejected().isPresent()) {
            if (wanted.isEmpty() || !outcome.rejected().orElse("").contains(wanted.get())) {
                differences.add("expected: "
                        + wanted.map(text -> "rejected: " + text).orElse("fields") + "\nbut was:  "
                        + outcome.rejected().map(text -> "rejected: " + text).orElse("accepted"));
            }
            return differences;
        }
        entries(parts, "expect").forEach((field, value) -> {
            String actual = outcome.fields().get(field);
            if (!value.text().strip().equals(actual)) {
                differences.add(difference(field, "'" + value.text().strip() + "'", actual));
            }
        });
        entries(parts, "contains")
                .forEach((field, values) -> values.words().forEach(value -> {
                    String actual = outcome.fields().getOrDefault(field, "");
                    if (!actual.contains(value)) {
                        differences.add(difference(field, "something with '" + value + "'", actual));
                    }
                }));
        absent(parts).stream()
                .filter(outcome.fields()::containsKey)
                .forEach(field -> differences.add(
                        difference(field, "nothing", outcome.fields().get(field))));
        return differences;
    }

    private static Map<String, YamlNode> entries(Map<String, YamlNode> parts, String name) {
        return Optional.ofNullable(parts.get(name)).map(YamlNode::entries).orElse(Map.of());
    }

    private static List<String> absent(Map<String, YamlNode> parts) {
        return Optional.ofNullable(parts.get("absent")).map(YamlNode::words).orElse(List.of());
    }

    private static String difference(String field, String expected, String actual) {
        return field + "\n  expected: " + expected + "\n  but was:  "
                + (actual == null ? "nothing" : "'" + actual + "'");
    }
}
