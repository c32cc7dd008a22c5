package io.roombridge.doctor;

import java.util.Locale;

/** How good a finding is. */
public enum Level {
    /** Proven to work. */
    GREEN,
    /** Works, with a risk that somebody should know. */
    AMBER,
    /** Does not work: the bridge would fail, or not keep what it promises. */
    RED,
    /** Nothing is known: it was not tried, or could not be seen. */
    UNPROVEN;

    /** As it is printed. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
