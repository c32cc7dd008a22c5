package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads JSON as leniently as the instance does (single quotes, bare names) and writes it strictly. */
final class Json {

    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static JsonNode parse(String text) {
        try {
            return text.isBlank() ? object() : LENIENT.readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiError.unreadable("The payload is not valid JSON.");
        }
    }

    /** The fields of a record as the Table API takes them: of several records only the first, all values as text. */
    static Map<String, String> record(String text) {
        JsonNode body = parse(text);
        JsonNode first = body.isArray() ? body.path(0) : body;
        if (!first.isObject()) {
            throw ApiError.unreadable("The payload is not valid JSON.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        first.properties().forEach(field -> values.put(field.getKey(), text(field.getValue())));
        return values;
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isValueNode() ? value.asText() : value.path("value").asText(value.toString());
    }
}
