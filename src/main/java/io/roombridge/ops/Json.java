package io.roombridge.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON of requests and answers. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(20).build());
    }

    private Json() {}

    /** @throws Refusal when the text is no JSON object */
    static ObjectNode object(String text) {
        try {
            JsonNode read = text.isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(text);
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw Refusal.badRequest("the body must be one JSON object, such as {\"by\": \"Beth Anglin\"}");
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
