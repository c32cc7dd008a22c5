package io.roombridge.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The longest value of each field, in code points. Longer text is cut by the bridge, because an instance cuts silently or
 * refuses, depending on its release (facts/servicenow.md, section 2.2).
 */
public final class FieldLengths {

    private static final int JOURNAL = 4000;
    private static final Map<String, Integer> DEFAULTS = Map.of(
            "short_description", 160,
            "description", 4000,
            "close_notes", 4000,
            "work_notes", JOURNAL,
            "comments", JOURNAL,
            "correlation_display", 100);

    /** Cuts nothing. */
    static final FieldLengths NONE = new FieldLengths(Map.of());

    private final Map<String, Integer> lengths;

    private FieldLengths(Map<String, Integer> lengths) {
        this.lengths = Map.copyOf(lengths);
    }

    public static FieldLengths defaults() {
        return new FieldLengths(DEFAULTS);
    }

    /** The defaults, with what the instance's dictionary says in their place. */
    public static FieldLengths of(Map<String, Integer> dictionary) {
        Map<String, Integer> merged = new HashMap<>(DEFAULTS);
        merged.putAll(dictionary);
        return new FieldLengths(merged);
    }

    /** The value, cut with an ellipsis if the field is shorter; fields without a known length take everything. */
    String cut(String field, String value) {
        return cut(field, value, 0);
    }

    /** {@code short_description: 212 characters are cut to 160}; nothing for what fits. */
    Optional<String> tooLong(String field, String value) {
        int characters = value.codePointCount(0, value.length());
        return Optional.ofNullable(lengths.get(field))
                .filter(length -> characters > length)
                .map(length -> field + ": " + characters + " characters are cut to " + length);
    }

    /** Leaves room for {@code reserved} code points that are appended afterwards. */
    String cut(String field, String value, int reserved) {
        Integer length = lengths.get(field);
        return length == null ? value : PlainText.truncate(value, Math.max(0, length - reserved));
    }
}
