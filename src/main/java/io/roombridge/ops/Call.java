package io.roombridge.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request of the management API.
 *
 * @param path without the query, for example {@code /api/v1/closings}
 * @param values what the path's variables and the query say
 * @param body a JSON object, empty for requests that carry none
 * @param accept which forms of an answer are understood, as the header says it; empty where it says none
 */
public record Call(String method, String path, Map<String, String> values, ObjectNode body, String accept) {

    public Call {
        values = Map.copyOf(values);
    }

    public static Call get(String path, Map<String, String> query) {
        return new Call("GET", path, query, Json.MAPPER.createObjectNode(), "");
    }

    public static Call post(String path, ObjectNode body) {
        return new Call("POST", path, Map.of(), body, "");
    }

    static Map<String, String> parsed(String rawQuery) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("the query is not well escaped: " + e.getMessage());
        }
    }

    /** Path and query as they stand in a request line. */
    String target() {
        return values.isEmpty()
                ? path
                : path
                        + values.entrySet().stream()
                                .map(pair -> URLEncoder.encode(pair.getKey(), StandardCharsets.UTF_8) + "="
                                        + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", ""));
    }

    Call with(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(variables);
        return new Call(method, path, all, body, accept);
    }

    /** A value of the path or the query; empty when it is missing or blank. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A text of the body; empty when it is missing or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(body.get(name))
                .filter(JsonNode::isTextual)
                .map(node -> node.textValue().strip())
                .filter(text -> !text.isEmpty());
    }

    /**
     * A number of the body; empty when it is missing.
     *
     * @throws Refusal when it is no whole number between the two
     */
    public Optional<Integer> number(String name, int least, int most) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        } else if (!node.canConvertToInt()
                || !node.isIntegralNumber()
                || node.intValue() < least
                || node.intValue() > most) {
            throw Refusal.badRequest(
                    "\"" + name + "\" is " + node + ": expected a whole number from " + least + " to " + most);
        }
        return Optional.of(node.intValue());
    }

    /** @throws Refusal when the body lacks the text; {@code what} says what it is for */
    public String required(String name, String what) {
        return text(name).orElseThrow(() -> Refusal.badRequest("\"" + name + "\" is missing: " + what));
    }
}
