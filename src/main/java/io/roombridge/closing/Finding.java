package io.roombridge.closing;

import java.util.Optional;
import java.util.function.Function;

/**
 * What was looked up, or the reason why there is none. An unknown region or time zone is a reasoned refusal, never a guess:
 * where nothing is found, nothing is counted and nothing closes.
 */
public sealed interface Finding<T> {

    /** The answer. */
    record Found<T>(T value) implements Finding<T> {}

    /** Why there is no answer, and what a person can do about it. */
    record Refused<T>(String reason) implements Finding<T> {}

    static <T> Finding<T> found(T value) {
        return new Found<>(value);
    }

    static <T> Finding<T> refused(String reason) {
        return new Refused<>(reason);
    }

    /** The next step, taken only with an answer in hand; a refusal is passed on as it is. */
    default <R> Finding<R> then(Function<? super T, Finding<R>> step) {
        if (this instanceof Found<T> found) {
            return step.apply(found.value());
        }
        return refused(((Refused<T>) this).reason());
    }

    default Optional<T> toOptional() {
        return this instanceof Found<T> found ? Optional.of(found.value()) : Optional.empty();
    }

    /** The refusal's reason; empty when there is an answer. */
    default Optional<String> refusal() {
        return this instanceof Refused<T> refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
