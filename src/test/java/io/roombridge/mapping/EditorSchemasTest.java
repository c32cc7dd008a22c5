package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an editor says of a YAML file is what the bridge says of it: docs/schemas/mapping. */
final class EditorSchemasTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final Path SCHEMAS = Path.of("docs/schemas/mapping");
    private static final Pattern REFERENCE = Pattern.compile("^# yaml-language-server: \\$schema=(\\S+)\n");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyShippedFileNamesItsSchemaAndKeepsToIt(Path file) throws IOException {
        String text = Files.readString(file);
        Matcher reference = REFERENCE.matcher(text);
        assertThat(reference.find()).as("the first line names the schema").isTrue();

        Path schema = FOLDER.resolve(reference.group(1)).normalize();

        assertThat(faults(schema, text)).isEmpty();
    }

    /** Each of these stops the start too: MappingFaultsTest. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routing  | assignment_group: { by: name }",
                "routing  | assignment_group: { table: t, by: n, rules: [ { use: X } ] }",
                "routing  | assignment_group: { table: t, by: n, rules: [ { when: { bulding: HQ }, use: X } ] }",
                "routing  | priority: { table: t, by: n }",
                "routing  | assignment_group: { table: t, by: n, rules: [ { per: grup, rows: { X: Y } } ] }",
                "routing  | assignment_group: { as: record }",
                "redirection | areas: [ { area: a, when: { signal: x } } ]",
                "redirection | areas: [ { area: a, when: { redirection: x }, ours: b, theirs: c, to: d } ]",
                "languages | rules: [ { when: { region: DE } } ]",
                "severity | severities: { critical: { impact: 0, urgency: 1 } }",
                "signals  | { categories: {}, defaults: {}, signals: { x: { hold-down: 1 } } }",
                "scope    | include: [ { bulding: HQ } ]",
                "knowledge| topics: [ { actions: [ Look ] } ]",
                "table    | berlin: { x: y }",
                "test     | tests: [ { name: x, expects: { note: x } } ]"
            })
    void anEditorMarksWhatTheBridgeRefuses(String schema, String text) {
        assertThat(faults(SCHEMAS.resolve(schema + ".schema.json"), text)).isNotEmpty();
    }

    @Test
    void theTraitsOfTheSchemasAreThoseOfTheRules() {
        for (String name : List.of("routing", "severity", "languages")) {
            assertThat(traits(name)).isEqualTo(Traits.NAMES);
        }
        for (String name : List.of("redirection", "scope")) {
            assertThat(traits(name)).isEqualTo(Traits.OF_EVENT);
        }
    }

    private static List<String> traits(String name) {
        List<String> traits = new ArrayList<>();
        json(SCHEMAS.resolve(name + ".schema.json"))
                .at("/definitions/condition/properties")
                .fieldNames()
                .forEachRemaining(traits::add);
        return traits;
    }

    private static List<String> faults(Path schema, String yaml) {
        List<MappingFault> faults = new ArrayList<>();
        Optional<YamlNode> node = YamlNode.parse("test.yaml", yaml, faults);
        Schema compiled =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(json(schema));
        return compiled.validate(node.orElseThrow().json()).stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode json(Path schema) {
        try {
            return Examples.json(Files.readString(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
