package io.roombridge.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an instance would do with values, as far as it tells without anything being written. */
public interface Acceptance {

    /** Of these fields of an incident, those that it does not have; empty when it does not tell. */
    Set<String> unknown(Collection<String> fields);

    /** The longest value of each of these fields, in characters, as far as it is known. */
    Map<String, Integer> lengths(Collection<String> fields);

    /** The values one may choose for a field; empty for a field without choices. */
    List<String> choices(String field);

    /** What is to be said of a field that points to a record; nothing where exactly one record in use is meant. */
    Optional<String> remark(String field, Reference reference, Accounts accounts);

    /** Where no instance can be asked: the lengths of one as it is delivered. */
    Acceptance UNASKED = new Acceptance() {
        @Override
        public Set<String> unknown(Collection<String> fields) {
            return Set.of();
        }

        @Override
        public Map<String, Integer> lengths(Collection<String> fields) {
            return Map.of();
        }

        @Override
        public List<String> choices(String field) {
            return List.of();
        }

        @Override
        public Optional<String> remark(String field, Reference reference, Accounts accounts) {
            return Optional.empty();
        }
    };

    /** {@code u_sitee: incident has no such field; ServiceNow ignores it}, or nothing for what is taken as it is. */
    default Optional<String> remark(String field, String value) {
        if (!unknown(List.of(field)).isEmpty()) {
            return Optional.of(field + ": incident has no such field; ServiceNow ignores it");
        }
        List<String> choices = choices(field);
        return choices.isEmpty() || value.isEmpty() || choices.contains(value)
                ? Optional.empty()
                : Optional.of(field + ": '" + value + "' is no choice there; ServiceNow drops it. There are "
                        + String.join(", ", choices));
    }
}
