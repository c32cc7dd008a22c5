package io.roombridge.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an instance answered lately, also that there is nothing: for a quarter of an hour, and of no more keys than a
 * thousand, so that names that others choose cannot fill the memory. Safe for any number of threads; two that ask for the
 * same key at the same time may both look.
 */
final class Lookups<K, V> {

    static final Duration REMEMBERED = Duration.ofMinutes(15);
    static final int MOST = 1000;

    private record Answer<V>(V found, Instant until) {}

    private final Clock machine;
    private final Map<K, Answer<V>> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Answer<V>> eldest) {
            return size() > MOST;
        }
    };

    Lookups(Clock machine) {
        this.machine = machine;
    }

    /** What is remembered, or what {@code look} finds now; nothing is remembered of a look that fails. */
    V get(K key, Supplier<V> look) {
        Optional<Answer<V>> known = known(key);
        if (known.isPresent()) {
            return known.get().found();
        }
        V found = look.get();
        remember(key, found);
        return found;
    }

    private synchronized Optional<Answer<V>> known(K key) {
        return Optional.ofNullable(answers.get(key))
                .filter(answer -> machine.instant().isBefore(answer.until()));
    }

    private synchronized void remember(K key, V found) {
        // Put behind the others, also when it is asked again: the order is that of the latest look.
        answers.remove(key);
        answers.put(key, new Answer<>(found, machine.instant().plus(REMEMBERED)));
    }
}
