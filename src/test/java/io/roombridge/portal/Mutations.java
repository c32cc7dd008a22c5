package io.roombridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.EventExamples.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Valid messages, damaged the way relays, networks and attackers damage them. The same seed makes the same message.
 */
final class Mutations {

    /** A damaged message; {@code events} is how many it held before. */
    record Message(byte[] body, Optional<String> contentType, Map<String, Object> properties, int events) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<Example> EXAMPLES = EventExamples.events();
    private static final List<String> PREFIXES = List.of("cloudEvents:", "cloudEvents_", "ce_");
    private static final List<String> STRANGE_TEXTS = List.of(
            "",
            " ",
            "\t\n",
            "\u00A0",
            "\u0000",
            "\ud800",
            "\u202E",
            "null",
            "-1",
            "99999999999999999999",
            "NaN",
            "Recorded issue",
            "io.roombridge.portal.ticket.opened.v2",
            "com.example.other",
            "9999-12-31T23:59:60Z",
            "2026-02-30T00:00:00Z",
            "0000-01-01T00:00:00-23:59",
            "http://",
            "%zz|%7c",
            "e\u0301".repeat(200),
            "x".repeat(70_000));

    private final Random random;

    private Mutations(long seed) {
        random = new Random(seed);
    }

    static Message message(long seed) {
        return new Mutations(seed).message();
    }

    private Message message() {
        return switch (random.nextInt(3)) {
            case 0 -> structured();
            case 1 -> batch();
            default -> binary();
        };
    }

    private Message structured() {
        ObjectNode event = (ObjectNode) event();
        if (event.has("data") && random.nextInt(10) == 0) {
            event.put("data_base64", Base64.getEncoder().encodeToString(damaged(text(event.remove("data")))));
        }
        return new Message(damaged(text(event)), sometimesOther("application/cloudevents+json"), Map.of(), 1);
    }

    private Message batch() {
        ArrayNode batch = NODES.arrayNode();
        int events = random.nextInt(4);
        for (int i = 0; i < events; i++) {
            batch.add(random.nextInt(10) == 0 ? strange() : event());
        }
        return new Message(
                damaged(text(batch)), sometimesOther("application/cloudevents-batch+json"), Map.of(), events);
    }

    private Message binary() {
        ObjectNode event = (ObjectNode) event();
        Map<String, Object> properties = Messages.properties(pick(PREFIXES), event);
        for (int i = random.nextInt(3); i > 0; i--) {
            damageProperty(properties);
        }
        byte[] body = event.has("data") ? damaged(text(event.get("data"))) : new byte[0];
        return new Message(body, sometimesOther("application/json"), properties, 1);
    }

    /** An example with none, one or a few places of its tree changed. */
    private JsonNode event() {
        ObjectNode event = (ObjectNode) tree(pick(EXAMPLES).json());
        for (int i = random.nextInt(3); i > 0; i--) {
            damageTree(event);
        }
        return event;
    }

    private void damageTree(ObjectNode event) {
        List<JsonNode> containers = new ArrayList<>();
        collect(event, containers);
        JsonNode chosen = pick(containers);
        if (chosen instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "x" : pick(names);
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(random.nextBoolean() ? pick(STRANGE_TEXTS) : "data_base64", strange());
                default -> object.set(name, strange());
            }
        } else if (chosen instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), strange());
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private JsonNode strange() {
        List<Supplier<JsonNode>> values = List.of(
                NODES::nullNode,
                () -> NODES.booleanNode(random.nextBoolean()),
                () -> NODES.numberNode(random.nextInt(5) - 2),
                () -> NODES.numberNode(random.nextLong()),
                () -> NODES.numberNode(random.nextDouble() * 1e300),
                () -> NODES.textNode(pick(STRANGE_TEXTS)),
                () -> NODES.textNode(pick(STRANGE_TEXTS)),
                NODES::objectNode,
                NODES::arrayNode,
                () -> nested(random.nextInt(200)));
        return pick(values).get();
    }

    private JsonNode nested(int depth) {
        JsonNode node = NODES.numberNode(1);
        for (int i = 0; i < depth; i++) {
            node = random.nextBoolean()
                    ? NODES.arrayNode().add(node)
                    : NODES.objectNode().set("data", node);
        }
        return node;
    }

    private void damageProperty(Map<String, Object> properties) {
        List<String> names = new ArrayList<>(properties.keySet());
        names.sort(null);
        String name = names.isEmpty() ? "ce_id" : pick(names);
        switch (random.nextInt(4)) {
            case 0 -> properties.remove(name);
            case 1 -> properties.put(pick(PREFIXES) + name.replaceAll("^(cloudEvents.|ce_)", ""), strangeProperty());
            case 2 ->
                properties.put(pick(PREFIXES) + pick(List.of("data", "data_base64", "", "Id", "x")), strangeProperty());
            default -> properties.put(name, strangeProperty());
        }
    }

    private Object strangeProperty() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble();
            case 2 -> new byte[] {1, 2};
            case 3 -> new HashMap<>(Map.of("a", 1));
            case 4 -> new Date(random.nextLong());
            case 5 -> new UUID(1, 2);
            case 6 -> List.of();
            default -> pick(STRANGE_TEXTS);
        };
    }

    /** None, one or a few changes to the text and its bytes. */
    private byte[] damaged(String text) {
        String changed =
                switch (random.nextInt(12)) {
                    case 0 ->
                        text.replaceFirst("\\{", "{\"" + pick(List.of("id", "data", "ticket", "title")) + "\": 1,");
                    case 1 -> text.replaceFirst(": *\"[^\"]*\"", ": " + "9".repeat(random.nextInt(2000)));
                    case 2 -> text.replaceFirst(": *\"[^\"]*\"", ": 1e" + random.nextInt(Integer.MAX_VALUE));
                    case 3 -> text.replaceFirst("\"", "\"\\\\ud800");
                    case 4 -> text + text;
                    default -> text;
                };
        byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 && bytes.length > 0 ? damaged(bytes) : bytes;
    }

    private byte[] damaged(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                return Arrays.copyOfRange(bytes, at, bytes.length);
            }
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private Optional<String> sometimesOther(String contentType) {
        return switch (random.nextInt(12)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("application/cloudevents+json");
            case 2 -> Optional.of("application/cloudevents-batch+json");
            case 3 -> Optional.of(pick(STRANGE_TEXTS));
            default -> Optional.of(contentType);
        };
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Half a surrogate pair survives only as an escape. */
    private static String text(JsonNode node) {
        return node.toString().replace("\ud800", "\\ud800");
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
