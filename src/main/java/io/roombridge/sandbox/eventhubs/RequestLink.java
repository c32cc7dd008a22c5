package io.roombridge.sandbox.eventhubs;

import java.nio.BufferOverflowException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.message.Message;

/**
 * Requests of one link to a node ({@code $cbs}, {@code $management}). Each is answered on another link with a status
 * code; a refusal tells status, description and condition, since one SDK goes by the former and the other by the latter
 * (facts/eventhubs.md §3.5).
 */
final class RequestLink implements IncomingLink.Intake {

    private static final int FIRST_ANSWER_BUFFER = 4096;

    private final Session session;
    private final Node node;
    private final Replies replies;

    RequestLink(Session session, Node node, Replies replies) {
        this.session = session;
        this.node = node;
        this.replies = replies;
    }

    /** What answers the requests. */
    interface Node {

        Answer answer(Request request) throws Refusal;
    }

    /** A request's application properties and the value in its body. */
    record Request(Map<String, Object> properties, Optional<Object> body) {

        /** A property as text; blank if it is missing. */
        String property(String name) {
            return Optional.ofNullable(properties.get(name))
                    .map(Object::toString)
                    .orElse("");
        }
    }

    /**
     * A good answer.
     *
     * @param values the map in its body, empty for an answer without a body
     */
    record Answer(int status, String description, Map<String, Object> values) {}

    @Override
    public DeliveryState take(byte[] bytes, int format) {
        Message request = Proton.message();
        request.decode(bytes, 0, bytes.length);
        if (request.getReplyTo() != null) {
            replies.send(request.getReplyTo(), session, encode(answerTo(request)));
        }
        return Accepted.getInstance();
    }

    private Message answerTo(Message request) {
        Message message = Proton.message();
        // The client finds its question again by the id, with the type that it gave it.
        message.setCorrelationId(request.getMessageId());
        Map<String, Object> properties = new HashMap<>();
        try {
            Answer answer = node.answer(new Request(properties(request), value(request)));
            properties.put("status-code", answer.status());
            properties.put("status-description", answer.description());
            if (!answer.values().isEmpty()) {
                message.setBody(new AmqpValue(answer.values()));
            }
        } catch (Refusal refusal) {
            properties.put("status-code", refusal.status());
            properties.put("status-description", refusal.getMessage());
            properties.put("error-condition", refusal.condition().getCondition());
        }
        message.setApplicationProperties(new ApplicationProperties(properties));
        return message;
    }

    private static Map<String, Object> properties(Message request) {
        ApplicationProperties properties = request.getApplicationProperties();
        return properties == null || properties.getValue() == null ? Map.of() : properties.getValue();
    }

    private static Optional<Object> value(Message request) {
        return request.getBody() instanceof AmqpValue body ? Optional.ofNullable(body.getValue()) : Optional.empty();
    }

    private static byte[] encode(Message message) {
        for (int size = FIRST_ANSWER_BUFFER; ; size *= 2) {
            try {
                byte[] buffer = new byte[size];
                return Arrays.copyOf(buffer, message.encode(buffer, 0, size));
            } catch (BufferOverflowException e) {
                // The next size will do.
            }
        }
    }
}
