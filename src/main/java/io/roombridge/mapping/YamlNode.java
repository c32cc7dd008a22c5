package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.config.Spelling;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A piece of a YAML file that knows its place, so that a fault can name line and column. Reading never stops at a fault:
 * it is noted, and the piece reads as empty, so that an administrator sees all faults at once.
 */
final class YamlNode {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_ALIASES = 20;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})");

    private final String file;
    private final Node node;
    private final List<MappingFault> faults;

    private YamlNode(String file, Node node, List<MappingFault> faults) {
        this.file = file;
        this.node = node;
        this.faults = faults;
    }

    /** Empty when the file is empty or no YAML at all. */
    static Optional<YamlNode> parse(String file, String text, List<MappingFault> faults) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            Optional<Node> root = Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
            if (root.isEmpty()) {
                faults.add(new MappingFault(file, 0, 0, "the file is empty", "YAML", Optional.empty()));
            }
            if (root.isPresent() && holdsItself(root.get(), new ArrayDeque<>())) {
                faults.add(new MappingFault(
                        file, 0, 0, "a block contains itself through an alias", "YAML", Optional.empty()));
                return Optional.empty();
            }
            return root.map(node -> new YamlNode(file, node, faults));
        } catch (MarkedYAMLException e) {
            Optional<Mark> mark = Optional.ofNullable(e.getProblemMark());
            faults.add(new MappingFault(
                    file,
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0),
                    e.getProblem(),
                    "YAML",
                    Optional.empty()));
            return Optional.empty();
        } catch (YAMLException e) {
            faults.add(new MappingFault(file, 0, 0, e.getMessage(), "YAML", Optional.empty()));
            return Optional.empty();
        }
    }

    /** The library builds such a block without a word, and whoever walks it never ends. */
    private static boolean holdsItself(Node node, Deque<Node> above) {
        if (above.stream().anyMatch(each -> each == node)) {
            return true;
        }
        above.push(node);
        boolean found = children(node).anyMatch(child -> holdsItself(child, above));
        above.pop();
        return found;
    }

    private static Stream<Node> children(Node node) {
        if (node instanceof MappingNode map) {
            return map.getValue().stream().flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()));
        }
        return node instanceof SequenceNode sequence ? sequence.getValue().stream() : Stream.of();
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    void fault(String problem, String expected) {
        fault(problem, expected, Optional.empty());
    }

    void fault(String problem, String expected, Optional<String> suggestion) {
        faults.add(new MappingFault(file, line(), node.getStartMark().getColumn() + 1, problem, expected, suggestion));
    }

    /** The entries of a map, in the order of the file. */
    Map<String, YamlNode> entries() {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode map)) {
            fault(shown() + " is not a list of 'name: value' entries", "entries of the form 'name: value'");
            return entries;
        }
        map.getValue().forEach(tuple -> {
            YamlNode key = new YamlNode(file, tuple.getKeyNode(), faults);
            if (entries.put(key.text(), new YamlNode(file, tuple.getValueNode(), faults)) != null) {
                key.fault("'" + key.text() + "' stands here twice", "each name once");
            }
        });
        return entries;
    }

    /** The entries of a map in which only these names mean something. */
    Map<String, YamlNode> entries(Collection<String> known) {
        Map<String, YamlNode> entries = entries();
        if (node instanceof MappingNode map) {
            map.getValue().stream()
                    .map(tuple -> new YamlNode(file, tuple.getKeyNode(), faults))
                    .filter(key -> !known.contains(key.text()))
                    .forEach(key -> key.fault(
                            "'" + key.text() + "' means nothing here",
                            "one of " + String.join(", ", known),
                            Spelling.nearest(key.text(), known)));
        }
        return entries;
    }

    List<YamlNode> items() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new YamlNode(file, item, faults))
                    .toList();
        }
        fault(shown() + " is not a list", "a list, each entry on its own line after a dash");
        return List.of();
    }

    /** One text, or a list of them. */
    List<String> words() {
        return node instanceof ScalarNode
                ? List.of(text())
                : items().stream().map(YamlNode::text).toList();
    }

    /** The text as it is written in the file; never read as a number, date or truth value. */
    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        fault("a nested block", "a single text");
        return "";
    }

    OptionalInt whole(int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(text());
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        fault(shown() + " is out of range or no number", expected);
        return OptionalInt.empty();
    }

    /** The same as JSON. Only what JSON itself would read as a number, truth value or null is one; {@code 11:30} is text. */
    JsonNode json() {
        if (node instanceof MappingNode) {
            ObjectNode object = JSON.objectNode();
            entries().forEach((name, value) -> object.set(name, value.json()));
            return object;
        }
        if (node instanceof SequenceNode) {
            ArrayNode array = JSON.arrayNode();
            items().forEach(item -> array.add(item.json()));
            return array;
        }
        return scalar();
    }

    private JsonNode scalar() {
        String text = text();
        boolean quoted = node instanceof ScalarNode scalar && !scalar.isPlain();
        if (quoted) {
            return JSON.textNode(text);
        } else if (text.equals("null") || text.isEmpty()) {
            return JSON.nullNode();
        } else if (text.equals("true") || text.equals("false")) {
            return JSON.booleanNode(text.equals("true"));
        }
        return WHOLE_NUMBER.matcher(text).matches() ? JSON.numberNode(Long.parseLong(text)) : JSON.textNode(text);
    }

    private String shown() {
        return node instanceof ScalarNode scalar ? "'" + scalar.getValue() + "'" : "this block";
    }
}
