package io.roombridge.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The {@code when} of a rule: every trait named must have one of the values given. Case does not count, and {@code *}
 * stands for any text.
 */
record Condition(Map<String, List<String>> wanted) {

    static Condition read(YamlNode when) {
        return read(when, Traits.NAMES);
    }

    /** @param traits those that can be asked for here */
    static Condition read(YamlNode when, List<String> traits) {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        Map<String, YamlNode> entries = when.entries(traits);
        if (entries.isEmpty()) {
            when.fault("a rule without a condition", "at least one of " + String.join(", ", traits));
        }
        entries.forEach((trait, values) -> wanted.put(trait, values.words()));
        return new Condition(wanted);
    }

    /** Why it matches, for example {@code signal is offline and building is HQ}; empty when it does not. */
    Optional<String> matches(Traits traits) {
        Map<String, Optional<String>> met = new LinkedHashMap<>();
        wanted.forEach((trait, values) -> met.put(trait, firstMatch(traits.of(trait), values)));
        return met.values().stream().allMatch(Optional::isPresent)
                ? Optional.of(met.entrySet().stream()
                        .map(entry -> entry.getKey() + " is " + entry.getValue().orElseThrow())
                        .collect(Collectors.joining(" and ")))
                : Optional.empty();
    }

    private static Optional<String> firstMatch(List<String> actual, List<String> wanted) {
        return actual.stream()
                .filter(value -> wanted.stream().anyMatch(pattern -> like(value, pattern)))
                .findFirst();
    }

    private static boolean like(String value, String pattern) {
        String regex = Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
        return Pattern.matches(regex, value.toLowerCase(Locale.ROOT));
    }
}
