package io.roombridge.route;

import io.roombridge.privacy.Sensitive;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports what privacy keeps from standing everywhere: kind, field and how often, never what (issue 6). Pure. */
final class Withheld {

    private Withheld() {}

    /**
     * The end of a line of history; empty when there was nothing.
     *
     * @param byField for example {@code ticket.title}
     */
    static String said(Map<String, Map<Sensitive, Integer>> byField) {
        List<String> parts = byField.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(field -> field.getValue().entrySet().stream()
                        .map(kind -> kind.getValue() + " × " + kind.getKey().what() + " (" + field.getKey() + ")"))
                .toList();
        return parts.isEmpty() ? "" : "; withheld: " + String.join(", ", parts);
    }

    /** Over all fields. */
    static Map<Sensitive, Integer> total(Map<String, Map<Sensitive, Integer>> byField) {
        return byField.values().stream()
                .flatMap(kinds -> kinds.entrySet().stream())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, Integer::sum, () -> new EnumMap<>(Sensitive.class)));
    }
}
