package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roombridge.privacy.Destination;
import io.roombridge.privacy.Privacy;
import io.roombridge.privacy.Sensitive;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The event as mapping files see it for one destination: the blocks at the top, where they are short to name, and nothing in
 * it that must not stand there. What is removed here cannot be leaked by any mapping (facts/portal.md, section 8), not even
 * in half by one that cuts a text; what an administrator writes into a mapping is left alone. Every text has passed {@link
 * PlainText}, so a mapping that forgets to clean cannot be used to forge an entry.
 */
final class EventView {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> BLOCKS = List.of("ticket", "device", "actor");
    private static final String ROOMS = "rooms";

    private final ObjectNode event;
    private final Privacy privacy;
    private final Set<String> identities;

    /** @throws MappingFailed when the text is no JSON object */
    EventView(String event, Privacy privacy) {
        this.event = parse(event);
        this.privacy = privacy;
        this.identities = identities(this.event);
    }

    /** A field of the event as it came, for what no mapping decides. */
    String raw(String pointer) {
        return event.at(pointer).asText();
    }

    /** The event for one destination. */
    ObjectNode of(Destination to) {
        ObjectNode seen = seen(event, "", to);
        ObjectNode view = NODES.objectNode();
        JsonNode data = seen.path("data");
        view.set("data", data.isObject() ? data : NODES.objectNode());
        seen.remove("data");
        view.set("event", seen);
        BLOCKS.forEach(block -> view.set(block, data.path(block).isObject() ? data.get(block) : NODES.objectNode()));
        JsonNode rooms = data.path(ROOMS).isArray() ? data.get(ROOMS) : NODES.arrayNode();
        view.set(ROOMS, rooms);
        view.set("room", rooms.path(0).isObject() ? rooms.get(0) : NODES.objectNode());
        return view;
    }

    /** A text that is not from the event, for one destination. */
    String clean(String text, Destination to) {
        return privacy.clean(text, to, identities);
    }

    /** By field, how often each kind stands in the event that may not stand everywhere. */
    Map<String, Map<Sensitive, Integer>> withheld() {
        Map<String, Map<Sensitive, Integer>> withheld = new TreeMap<>();
        eachText(event, "", (path, text) -> {
            Map<Sensitive, Integer> found = privacy.found(text, identities);
            if (!found.isEmpty() && privacy.shows(path, Destination.WORK_NOTES)) {
                found.forEach((kind, count) -> withheld.computeIfAbsent(path, unused -> new TreeMap<>())
                        .merge(kind, count, Integer::sum));
            }
        });
        return withheld;
    }

    private static ObjectNode parse(String event) {
        try {
            if (JSON.readTree(event) instanceof ObjectNode object) {
                return object;
            }
            throw new MappingFailed("the event", 0, "it is no JSON object", null);
        } catch (JsonProcessingException e) {
            throw new MappingFailed("the event", e.getLocation().getLineNr(), "it is no JSON", e);
        }
    }

    /** What fields that only the desk sees say of the device and its account; a room that is called so has no secret name. */
    private static Set<String> identities(ObjectNode event) {
        Set<String> identities = new HashSet<>();
        Set<String> rooms = new HashSet<>();
        eachText(event, "", (path, text) -> {
            if (PrivacyRules.identifies(path)) {
                identities.add(text);
            } else if (path.equals("room.name") || path.equals("room.roomId")) {
                rooms.add(text);
            }
        });
        identities.removeAll(rooms);
        return identities;
    }

    private static void eachText(JsonNode node, String path, BiConsumer<String, String> use) {
        if (node.isObject()) {
            node.properties().forEach(entry -> eachText(entry.getValue(), below(path, entry.getKey()), use));
        } else if (node.isArray()) {
            node.forEach(item -> eachText(item, path, use));
        } else if (node.isTextual()) {
            use.accept(path, node.textValue());
        }
    }

    /** The path of a field as privacy.yaml names it: the blocks of the data at the top, and each room as {@code room}. */
    private static String below(String path, String name) {
        if (path.isEmpty()) {
            return name.equals("data") ? name : "event." + name;
        } else if (path.equals("data") && BLOCKS.contains(name)) {
            return name;
        }
        return path.equals("data") && name.equals(ROOMS) ? "room" : path + "." + name;
    }

    private ObjectNode seen(ObjectNode object, String path, Destination to) {
        ObjectNode seen = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String field = below(path, entry.getKey());
            JsonNode value = entry.getValue();
            if (field.equals("data") || hasFields(value) || privacy.shows(field, to)) {
                seen.set(entry.getKey(), seenValue(value, field, to));
            }
        }
        if (path.equals("data")
                && object.path("format").asText().equals("html")
                && seen.path("text").isTextual()) {
            seen.put("text", text(HtmlText.of(object.path("text").asText()), to))
                    .put("format", "text");
        }
        return seen;
    }

    private static boolean hasFields(JsonNode value) {
        return value.isObject() || value.isArray() && value.path(0).isObject();
    }

    private JsonNode seenValue(JsonNode node, String path, Destination to) {
        if (node instanceof ObjectNode object) {
            return seen(object, path, to);
        }
        if (node.isArray()) {
            ArrayNode seen = NODES.arrayNode();
            node.forEach(item -> seen.add(seenValue(item, path, to)));
            return seen;
        }
        return node.isTextual() ? TextNode.valueOf(text(node.textValue(), to)) : node;
    }

    private String text(String text, Destination to) {
        return clean(PlainText.of(text), to);
    }
}
