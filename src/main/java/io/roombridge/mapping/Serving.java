package io.roombridge.mapping;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which ServiceNow instance serves which tenant, by their names.
 *
 * @param instances by normalised tenant; {@code *} for all the others
 */
public record Serving(Map<String, String> instances) {

    private static final String ANY = "*";

    /** Where no settings are at hand. */
    public static final Serving UNKNOWN = new Serving(Map.of());

    public Serving {
        instances = Map.copyOf(instances);
    }

    Optional<String> instanceOf(String tenant) {
        return Optional.ofNullable(instances.getOrDefault(tenant, instances.get(ANY)));
    }

    /** Every instance once; empty when they are not known. */
    Set<String> names() {
        return new TreeSet<>(instances.values());
    }
}
