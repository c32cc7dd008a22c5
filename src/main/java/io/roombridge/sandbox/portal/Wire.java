package io.roombridge.sandbox.portal;

import com.azure.messaging.eventhubs.EventData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.sandbox.eventhubs.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The CloudEvents bindings, written by hand so that the bridge's decoder is not tested with its own library: structured,
 * batch, and binary mode with its attributes among the application properties.
 */
final class Wire {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String STRUCTURED = "application/cloudevents+json; charset=utf-8";
    private static final String BATCH = "application/cloudevents-batch+json; charset=utf-8";
    private static final String BINARY = "application/json";

    private Wire() {}

    static EventData message(Posting posting) {
        if (posting.mode() == Posting.Mode.BATCH) {
            ArrayNode events = JsonNodeFactory.instance.arrayNode();
            posting.events().forEach(event -> events.add(event.structured()));
            return message(bytes(events.toString()), BATCH);
        }
        PortalEvent event = posting.events().get(0);
        if (posting.mode().binary()) {
            EventData message = message(bytes(event.data().toString()), BINARY);
            event.attributes()
                    .forEach((name, value) ->
                            message.getProperties().put(posting.mode().prefix() + name, value));
            return message;
        }
        byte[] body = bytes(event.structured().toString());
        boolean torn = event.form() == PortalEvent.Form.TORN;
        return message(torn ? Arrays.copyOf(body, body.length / 2) : body, STRUCTURED);
    }

    /** One event in structured mode. */
    static EventData structured(ObjectNode event) {
        return message(bytes(event.toString()), STRUCTURED);
    }

    /** The events of a message in any mode, as structured ones; none if it cannot be read. The inverse of the above. */
    static List<ObjectNode> events(StoredEvent message) {
        try {
            JsonNode body = JSON.readTree(message.body());
            Optional<String> prefix = Arrays.stream(Posting.Mode.values())
                    .filter(Posting.Mode::binary)
                    .map(Posting.Mode::prefix)
                    .filter(each -> message.properties().containsKey(each + "specversion"))
                    .findFirst();
            if (prefix.isPresent()) {
                return List.of(fromBinary(prefix.get(), message, body));
            }
            List<ObjectNode> events = new ArrayList<>();
            (body.isArray() ? body : JSON.createArrayNode().add(body)).forEach(each -> {
                if (each instanceof ObjectNode event) {
                    events.add(event);
                }
            });
            return events;
        } catch (IOException torn) {
            return List.of();
        }
    }

    private static ObjectNode fromBinary(String prefix, StoredEvent message, JsonNode data) {
        ObjectNode event = JSON.createObjectNode();
        message.properties().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                event.put(name.substring(prefix.length()), String.valueOf(value));
            }
        });
        event.set("data", data);
        return event;
    }

    private static EventData message(byte[] body, String contentType) {
        EventData message = new EventData(body);
        message.setContentType(contentType);
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
