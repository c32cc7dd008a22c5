package io.roombridge.route;

import io.roombridge.mapping.FieldLengths;
import io.roombridge.servicenow.ServiceNowFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How much the fields of an instance hold: learned with the first write that may need it, and anew after half a day. What the
 * instance does not tell is as on one that is delivered. No write fails because of it. Safe for any number of threads.
 */
final class LearnedLengths {

    static final Duration REMEMBERED = Duration.ofHours(12);

    /** A journal is a list of entries: its length says nothing of one entry. */
    private static final Set<String> JOURNALS = Set.of("work_notes", "comments");

    private final Function<Collection<String>, Map<String, Integer>> dictionary;
    private final Clock machine;
    private final Set<String> asked = new HashSet<>(JOURNALS);
    private final Map<String, Integer> known = new HashMap<>();
    private Instant until = Instant.MAX;

    /** @param dictionary tells the lengths of fields, as far as it may */
    LearnedLengths(Function<Collection<String>, Map<String, Integer>> dictionary, Clock machine) {
        this.dictionary = dictionary;
        this.machine = machine;
    }

    FieldLengths of(Set<String> fields) {
        Set<String> unknown = unasked(fields);
        if (!unknown.isEmpty()) {
            try {
                learn(unknown, dictionary.apply(unknown));
            } catch (ServiceNowFailure away) {
                // The write that follows meets the same instance, and says so.
                return FieldLengths.of(known());
            }
        }
        return FieldLengths.of(known());
    }

    private synchronized Set<String> unasked(Set<String> fields) {
        if (!machine.instant().isBefore(until)) {
            asked.retainAll(JOURNALS);
            until = Instant.MAX;
        }
        Set<String> unasked = new HashSet<>(fields);
        unasked.removeAll(asked);
        return unasked;
    }

    private synchronized void learn(Set<String> fields, Map<String, Integer> lengths) {
        if (until.equals(Instant.MAX)) {
            until = machine.instant().plus(REMEMBERED);
        }
        asked.addAll(fields);
        known.putAll(lengths);
    }

    private synchronized Map<String, Integer> known() {
        return Map.copyOf(known);
    }
}
