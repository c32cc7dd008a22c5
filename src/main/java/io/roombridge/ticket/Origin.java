package io.roombridge.ticket;

import java.util.Locale;
import java.util.Optional;

/** Who started the ticket; fixed at its birth, because the inactivity rule depends on it (design, section 3.8). */
public enum Origin {
    /** Telemetry: a signal became unhealthy. */
    SYSTEM,
    /** A person: a recorded issue or a flagged event. */
    CUSTOMER;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Origin> of(String label) {
        return Labels.find(values(), Origin::label, label);
    }
}
