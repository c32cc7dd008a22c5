package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The event as mapping files see it: the blocks at the top, where they are short to name, and nothing in it that must not
 * reach a ticket. What is removed here cannot be leaked by any mapping (facts/portal.md, section 8), and every text has
 * passed {@link PlainText}, so a mapping that forgets to clean cannot be used to forge an entry.
 */
final class EventView {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> BLOCKS = List.of("ticket", "device", "actor");

    /** Restricted data: identities of accounts, machines and networks, and exact positions. */
    private static final Set<String> RESTRICTED = Set.of(
            "resourceaccountupn",
            "upn",
            "serial",
            "serialnumber",
            "hostname",
            "deviceid",
            "ip",
            "ipaddress",
            "mac",
            "macaddress",
            "latitude",
            "longitude",
            "coordinates",
            "email");

    private EventView() {}

    /** @throws MappingFailed when the text is no JSON object */
    static ObjectNode of(String event) {
        ObjectNode clean = clean(parse(event));
        ObjectNode view = NODES.objectNode();
        JsonNode data = clean.path("data");
        view.set("data", data.isObject() ? data : NODES.objectNode());
        clean.remove("data");
        view.set("event", clean);
        BLOCKS.forEach(block -> view.set(block, data.path(block).isObject() ? data.get(block) : NODES.objectNode()));
        JsonNode rooms = data.path("rooms").isArray() ? data.get("rooms") : NODES.arrayNode();
        view.set("rooms", rooms);
        view.set("room", rooms.path(0).isObject() ? rooms.get(0) : NODES.objectNode());
        return view;
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

    private static ObjectNode clean(ObjectNode object) {
        ObjectNode clean = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!RESTRICTED.contains(entry.getKey().toLowerCase(Locale.ROOT))) {
                clean.set(entry.getKey(), cleanNode(entry.getValue()));
            }
        }
        if (clean.path("actor") instanceof ObjectNode actor) {
            // An actor's id is an account of a person; the name is shown, the account is not.
            actor.remove("id");
        }
        return clean;
    }

    private static JsonNode cleanNode(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return clean(object);
        }
        if (node.isArray()) {
            ArrayNode clean = NODES.arrayNode();
            node.forEach(item -> clean.add(cleanNode(item)));
            return clean;
        }
        return node.isTextual() ? TextNode.valueOf(PlainText.of(node.textValue())) : node;
    }
}
