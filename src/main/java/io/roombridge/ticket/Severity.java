package io.roombridge.ticket;

import java.util.Locale;
import java.util.Optional;

/**
 * How bad the portal says it is, from worst to least. Always taken from the event, never guessed from the signal's name
 * (facts/portal.md, section 2.2).
 */
public enum Severity {
    CRITICAL,
    IMPORTANT,
    WARNING,
    /** Recorded, but no reason for an incident by itself (design, section 3.8). */
    RECOMMENDED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean worseThan(Severity other) {
        return ordinal() < other.ordinal();
    }

    public static Optional<Severity> of(String label) {
        return Labels.find(values(), Severity::label, label);
    }
}
