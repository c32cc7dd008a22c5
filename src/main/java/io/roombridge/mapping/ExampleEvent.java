package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** The event of {@code example-event.json} and its variations, for rehearsals and for the tests beside mappings. */
final class ExampleEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the contract requires of a ticket and of a room. */
    private static final Set<String> OF_TICKET =
            Set.of("ticketId", "key", "origin", "state", "severity", "title", "occurrence", "createdAt");

    private static final Set<String> OF_ROOM = Set.of("roomId", "name");

    private final ObjectNode event;

    private ExampleEvent(ObjectNode event) {
        this.event = event;
    }

    /** @throws JsonProcessingException when the text is no JSON object */
    static ExampleEvent of(String text) throws JsonProcessingException {
        return new ExampleEvent(JSON.readValue(text, ObjectNode.class));
    }

    /** Only what every event has. */
    ExampleEvent sparse() {
        ObjectNode sparse = event.deepCopy();
        ObjectNode data = sparse.putObject("data");
        data.putObject("ticket").setAll((ObjectNode) event.at("/data/ticket"));
        data.withObject("/ticket").retain(OF_TICKET);
        data.putArray("rooms").add(event.at("/data/rooms/0").deepCopy());
        ((ObjectNode) data.at("/rooms/0")).retain(OF_ROOM);
        return new ExampleEvent(sparse);
    }

    /**
     * The event with some of it changed, block by block: {@code ticket}, {@code room}, {@code rooms}, {@code device},
     * {@code actor}, {@code data}, {@code event} (the envelope). A null takes something away.
     */
    ExampleEvent with(JsonNode changes) {
        ObjectNode changed = event.deepCopy();
        ObjectNode data = changed.withObject("/data");
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            switch (change.getKey()) {
                case "event" -> merge(changed, change.getValue());
                case "data" -> merge(data, change.getValue());
                case "room" -> merge((ObjectNode) data.at("/rooms/0"), change.getValue());
                default -> merge(data, JsonNodeFactory.instance.objectNode().set(change.getKey(), change.getValue()));
            }
        }
        return new ExampleEvent(changed);
    }

    private static void merge(ObjectNode target, JsonNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                target.remove(change.getKey());
            } else if (value.isObject() && target.path(change.getKey()) instanceof ObjectNode nested) {
                merge(nested, value);
            } else {
                target.set(change.getKey(), value);
            }
        }
    }

    Input input() {
        return Input.of(event);
    }

    @Override
    public String toString() {
        return event.toPrettyString();
    }
}
