package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import io.roombridge.config.Spelling;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The functions that mapping files have besides JSLT's own (docs/mapping.md lists them for administrators). Pure: none
 * reads the clock, files or the network, and JSLT's own that would are taken away, so that a mapping gives the same text
 * again when an event is read again.
 */
final class MappingFunctions {

    /** Marks a reference in the output of a mapping until {@link Mappings} takes it out. */
    static final String REFERENCE = "$reference";

    /** JSLT's own functions that would give another answer each time. */
    static final Set<String> FORBIDDEN = Set.of("now", "random", "uuid");

    /** More arguments than anyone writes, so that any use of a forbidden function fails when the file is compiled. */
    private static final int IMPOSSIBLE = 1_000_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final LookupTables tables;

    private MappingFunctions(LookupTables tables) {
        this.tables = tables;
    }

    static List<Function> with(LookupTables tables) {
        MappingFunctions own = new MappingFunctions(tables);
        List<Function> functions = new ArrayList<>(List.of(
                new Named("plain", 1, 2, own::plain),
                new Named("one-line", 1, 1, own::oneLine),
                new Named("truncate", 2, 2, own::truncate),
                new Named("utc", 1, 1, own::utc),
                new Named("line", 2, 2, own::line),
                new Named("lines", 1, 1, own::lines),
                new Named("required", 2, 2, own::required),
                new Named("lookup", 2, 2, own::lookup),
                new Named("reference", 3, 3, own::reference),
                new Named("authorship", 3, 3, own::authorship)));
        FORBIDDEN.forEach(name -> functions.add(new Named(name, IMPOSSIBLE, IMPOSSIBLE, args -> NullNode.instance)));
        return List.copyOf(functions);
    }

    private interface Body {
        JsonNode apply(JsonNode... arguments);
    }

    private record Named(String getName, int getMinArguments, int getMaxArguments, Body body) implements Function {

        @Override
        public String getName() {
            return getName;
        }

        @Override
        public int getMinArguments() {
            return getMinArguments;
        }

        @Override
        public int getMaxArguments() {
            return getMaxArguments;
        }

        @Override
        public JsonNode call(JsonNode input, JsonNode[] arguments) {
            return body.apply(arguments);
        }
    }

    /** {@code plain(text)} or {@code plain(text, "html")}. */
    private JsonNode plain(JsonNode... args) {
        boolean html = args.length > 1 && args[1].asText().equalsIgnoreCase("html");
        return text(args[0], value -> PlainText.of(html ? HtmlText.of(value) : value));
    }

    private JsonNode oneLine(JsonNode... args) {
        return text(args[0], value -> PlainText.oneLine(value));
    }

    private JsonNode truncate(JsonNode... args) {
        return text(args[0], value -> PlainText.truncate(value, args[1].asInt()));
    }

    private JsonNode utc(JsonNode... args) {
        return text(args[0], value -> {
            try {
                return Times.utc(value);
            } catch (DateTimeParseException e) {
                throw new JsltException("utc(): '" + value + "' is no time such as 2026-06-01T08:00:00Z");
            }
        });
    }

    /** {@code line(label, value)}: "label: value", or nothing when the value is missing. */
    private JsonNode line(JsonNode... args) {
        boolean missing = args[1].isNull() || args[1].asText().isBlank();
        return missing ? NullNode.instance : JSON.textNode(args[0].asText() + ": " + args[1].asText());
    }

    /** {@code lines([…])}: what is there, each on its own line; missing ones leave no gap, "" is an empty line. */
    private JsonNode lines(JsonNode... args) {
        List<String> parts = new ArrayList<>();
        flatten(args[0]).forEach(parts::add);
        return parts.isEmpty() ? NullNode.instance : JSON.textNode(String.join("\n", parts));
    }

    private static Stream<String> flatten(JsonNode node) {
        if (!node.isArray()) {
            return node.isNull() ? Stream.empty() : Stream.of(node.asText());
        }
        List<JsonNode> items = new ArrayList<>();
        node.forEach(items::add);
        return items.stream().flatMap(MappingFunctions::flatten);
    }

    private JsonNode required(JsonNode... args) {
        if (args[0].isNull() || args[0].asText().isBlank() && args[0].isValueNode()) {
            throw new JsltException(args[1].asText() + " is required and missing in the event");
        }
        return args[0];
    }

    private JsonNode lookup(JsonNode... args) {
        String table = args[0].asText();
        if (!tables.has(table)) {
            throw new JsltException(
                    "lookup(): there is no table " + table + ".yaml; there are " + String.join(", ", tables.names())
                            + Spelling.nearest(table, tables.names())
                                    .map(meant -> " (did you mean " + meant + "?)")
                                    .orElse(""));
        }
        String key = args[1].isNull() ? "" : args[1].asText();
        return tables.find(table, key).<JsonNode>map(JSON::textNode).orElse(NullNode.instance);
    }

    private JsonNode reference(JsonNode... args) {
        return args[2].isNull()
                ? NullNode.instance
                : asJson(new Reference(args[0].asText(), args[1].asText(), args[2].asText()));
    }

    static ObjectNode asJson(Reference reference) {
        ObjectNode node = JSON.objectNode();
        ObjectNode marked = node.putObject(REFERENCE)
                .put("table", reference.table())
                .put("field", reference.field())
                .put("value", reference.value());
        reference.otherwise().ifPresent(other -> marked.set("otherwise", asJson(other)));
        return node;
    }

    /** {@code authorship(name, role, time)}. */
    private JsonNode authorship(JsonNode... args) {
        String name = args[0].isNull() ? "somebody" : args[0].asText();
        String role = args[1].isNull() ? "unknown role" : args[1].asText();
        return JSON.textNode(Authorship.header(name, role, utc(args[2]).asText()));
    }

    private static JsonNode text(JsonNode value, UnaryOperator<String> change) {
        return value.isNull() ? NullNode.instance : JSON.textNode(change.apply(value.asText()));
    }
}
