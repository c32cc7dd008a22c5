package io.roombridge.eventhubs;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One event of a {@link PartitionWindow}, from its delivery until it is covered by a checkpoint. The window moves it from
 * place to place; who holds a started one may count its attempts. Not thread-safe.
 */
final class Delivery<T> {

    /** Where a delivery stands; RESTING is the wait between two attempts. */
    enum Place {
        QUEUED,
        RUNNING,
        RESTING,
        FINISHED
    }

    private final Position position;
    private final Set<String> keys;
    private final Optional<String> holder;
    private T event;
    private int attempts;
    private Instant firstAttemptAt;

    /** The deliveries before this one that share a key with it and are not finished, counted once a key. */
    int blockers;

    Place place = Place.QUEUED;

    /** Whether an operator was told of an attempt that failed. */
    boolean failureTold;

    Delivery(Position position, Set<String> keys, Optional<String> holder, T event) {
        this.holder = holder;
        this.position = position;
        this.keys = Set.copyOf(keys);
        this.event = event;
    }

    Position position() {
        return position;
    }

    Set<String> keys() {
        return keys;
    }

    Optional<String> holder() {
        return holder;
    }

    T event() {
        return event;
    }

    /** Lets go of the event: a finished delivery may wait long behind one that is not. */
    void forgetEvent() {
        event = null;
    }

    /** Counts one more attempt and returns its number, from 1. */
    int beginAttempt(Instant now) {
        if (attempts == 0) {
            firstAttemptAt = now;
        }
        return ++attempts;
    }

    int attempts() {
        return attempts;
    }

    /** When the first attempt began; empty before it. */
    Optional<Instant> firstAttemptAt() {
        return Optional.ofNullable(firstAttemptAt);
    }
}
