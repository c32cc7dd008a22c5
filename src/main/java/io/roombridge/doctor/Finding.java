package io.roombridge.doctor;

import java.util.Objects;

/**
 * One thing that a probe found out.
 *
 * @param seen what was seen, in one clause without anything secret
 * @param expected what a healthy set-up shows; empty for a green finding
 * @param remedy the exact place to mend it: a module, property or role of ServiceNow, or the bridge's setting; empty for a
 *     green finding
 */
public record Finding(Level level, String seen, String expected, String remedy) {

    public Finding {
        Objects.requireNonNull(level);
        Objects.requireNonNull(seen);
        Objects.requireNonNull(expected);
        Objects.requireNonNull(remedy);
    }

    public static Finding green(String seen) {
        return new Finding(Level.GREEN, seen, "", "");
    }

    public static Finding amber(String seen, String expected, String remedy) {
        return new Finding(Level.AMBER, seen, expected, remedy);
    }

    public static Finding red(String seen, String expected, String remedy) {
        return new Finding(Level.RED, seen, expected, remedy);
    }

    /** @param why it was not tried, or could not be seen */
    public static Finding unproven(String why) {
        return new Finding(Level.UNPROVEN, why, "", "");
    }
}
