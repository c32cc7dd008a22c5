package io.roombridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.Decoded.Accepted;
import io.roombridge.portal.Decoded.Rejected;
import io.roombridge.ticket.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Valid events as trees and as messages, and what reading a message came to. */
final class Messages {

    static final ObjectMapper MAPPER = new ObjectMapper();
    static final PortalEvents EVENTS = new PortalEvents();
    static final Optional<String> STRUCTURED = Optional.of("application/cloudevents+json");
    static final Optional<String> BATCH = Optional.of("application/cloudevents-batch+json; charset=utf-8");
    static final Optional<String> JSON = Optional.of("application/json");

    private Messages() {}

    static Change accepted(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Accepted.class);
        return ((Accepted) decoded.get(0)).change();
    }

    static Rejected rejected(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Rejected.class);
        return (Rejected) decoded.get(0);
    }

    static Map<String, Object> properties(String prefix, ObjectNode event) {
        Map<String, Object> properties = new HashMap<>();
        event.properties().forEach(attribute -> {
            if (!attribute.getKey().equals("data") && !attribute.getKey().equals("datacontenttype")) {
                properties.put(prefix + attribute.getKey(), attribute.getValue().asText());
            }
        });
        return properties;
    }

    static ObjectNode edited(String name, Consumer<ObjectNode> edit) {
        ObjectNode event = tree(EventExamples.event(name));
        edit.accept(event);
        return event;
    }

    static JsonNode any(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode tree(String json) {
        return (ObjectNode) any(json);
    }

    static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
