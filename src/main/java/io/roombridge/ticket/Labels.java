package io.roombridge.ticket;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Finds the constant that a word from outside names, whatever its case. */
final class Labels {

    private Labels() {}

    static <T> Optional<T> find(T[] values, Function<T, String> label, String word) {
        return Arrays.stream(values)
                .filter(value -> label.apply(value).equalsIgnoreCase(word))
                .findFirst();
    }
}
