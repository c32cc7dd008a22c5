package io.roombridge.correlation;

import java.time.Instant;
import java.util.Locale;

/**
 * One line of the record of what was done with a dead letter.
 *
 * @param by the person, or {@link #BRIDGE}
 * @param reason what the person said, or what came of it
 */
public record LetterAct(long letter, Act act, Instant at, String by, String reason) {

    /** What is written where no person acted. */
    public static final String BRIDGE = "roombridge";

    /** What was done. */
    public enum Act {
        ASKED,
        REPLAYED,
        FAILED_AGAIN,
        DROPPED;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    LetterAct of(long other) {
        return new LetterAct(other, act, at, by, reason);
    }
}
