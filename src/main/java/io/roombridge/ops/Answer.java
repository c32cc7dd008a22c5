package io.roombridge.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an endpoint answers.
 *
 * @param type its media type
 * @param body written once, as it comes
 * @param allowed the methods of the path, where another was refused
 */
public record Answer(int status, String type, Body body, List<String> allowed) {

    public Answer(int status, String type, Body body) {
        this(status, type, body, List.of());
    }

    /** Writes itself. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    public static Answer json(JsonNode node) {
        return json(200, node);
    }

    public static Answer json(int status, JsonNode node) {
        byte[] bytes = (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
        return new Answer(status, "application/json; charset=utf-8", out -> out.write(bytes));
    }

    /** So many things were taken, and are safe; what becomes of them is not known yet. */
    public static Answer accepted(int count) {
        return json(202, Json.MAPPER.createObjectNode().put("accepted", count));
    }

    /** JSON Lines, as long as it may be. */
    public static Answer lines(Body body) {
        return new Answer(200, "application/x-ndjson; charset=utf-8", body);
    }

    static Answer of(Refusal refusal) {
        Answer why = json(refusal.status(), Json.MAPPER.createObjectNode().put("error", refusal.getMessage()));
        return new Answer(why.status(), why.type(), why.body(), refusal.allowed());
    }
}
