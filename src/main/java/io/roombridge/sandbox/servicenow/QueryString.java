package io.roombridge.sandbox.servicenow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A query string or form body, decoded exactly once: {@code +} is a space, {@code %xx} is UTF-8. */
final class QueryString {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    static QueryString parse(String raw) {
        QueryString query = new QueryString();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.values
                        .computeIfAbsent(decode(name), key -> new ArrayList<>())
                        .add(decode(value));
            }
        }
        return query;
    }

    Set<String> names() {
        return values.keySet();
    }

    /** The first value: camel-servicenow sends {@code sysparm_query} twice to the Aggregate API. */
    Optional<String> first(String name) {
        return Optional.ofNullable(values.get(name)).map(list -> list.get(0));
    }

    boolean isTrue(String name) {
        return first(name).filter("true"::equals).isPresent();
    }

    int number(String name, int otherwise) {
        try {
            return first(name).map(Integer::parseInt).filter(n -> n >= 0).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    Map<String, List<String>> asMap() {
        return values;
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
