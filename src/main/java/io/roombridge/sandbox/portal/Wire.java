package io.roombridge.sandbox.portal;

import com.azure.messaging.eventhubs.EventData;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The CloudEvents bindings, written by hand so that the bridge's decoder is not tested with its own library: structured,
 * batch, and binary mode with its attributes among the application properties.
 */
final class Wire {

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

    private static EventData message(byte[] body, String contentType) {
        EventData message = new EventData(body);
        message.setContentType(contentType);
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
