package io.roombridge.sandbox.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** The time of a course of events: each step is some minutes after the last one, drawn from the seed. */
final class Moment {

    private final Random random;
    private Instant now;

    Moment(Instant start, Random random) {
        this.now = start;
        this.random = random;
    }

    Instant now() {
        return now;
    }

    /** Moves on by at least the one and at most the other number of minutes. */
    Instant after(int minMinutes, int maxMinutes) {
        long min = Duration.ofMinutes(minMinutes).toSeconds();
        long max = Duration.ofMinutes(maxMinutes).toSeconds();
        now = now.plusSeconds(min + random.nextLong(max - min + 1));
        return now;
    }

    /** A moment near this one, from which another course goes on. */
    Moment fork() {
        return new Moment(now, random);
    }
}
