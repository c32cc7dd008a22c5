package io.roombridge.ticket;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the portal can see the signals of a device (design, section 3.7). All instants are event times.
 *
 * @param lostSince since when it cannot; empty while it can
 * @param backSince when it could again for the last time; empty if it was never known to be lost
 */
public record Sight(Optional<Instant> lostSince, Optional<Instant> backSince) {

    public static final Sight CLEAR = new Sight(Optional.empty(), Optional.empty());

    public boolean lost() {
        return lostSince.isPresent();
    }

    /** Whether a recovery told at that time may be believed: the portal could see, then and since. */
    public boolean believes(Instant told) {
        return !lost() && backSince.filter(told::isBefore).isEmpty();
    }

    /** What is seen only if both see. */
    public Sight and(Sight other) {
        return new Sight(
                Stream.of(lostSince, other.lostSince).flatMap(Optional::stream).min(Instant::compareTo),
                Stream.of(backSince, other.backSince).flatMap(Optional::stream).max(Instant::compareTo));
    }
}
