package io.roombridge.ticket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The mark by which one of the bridge's own comments or work notes is found again: its last line reads
 * {@code ref rb-1f3c…}. Derived from the change and the effect, so that a repetition carries the same mark (design,
 * section 3.5).
 */
public record Reference(String value) {

    private static final int DIGITS = 16;

    public static Reference of(ChangeId cause, int effect) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((cause.value() + "#" + effect).getBytes(StandardCharsets.UTF_8));
            return new Reference("rb-" + HexFormat.of().formatHex(digest).substring(0, DIGITS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The text with the reference as its last line. */
    public String signing(String text) {
        return text.stripTrailing() + "\n\n" + line();
    }

    /** The last line itself. */
    public String line() {
        return "ref " + value;
    }

    /** Whether a text ends with this reference; elsewhere in a text it is a person quoting the bridge. */
    public boolean signs(String text) {
        return text.stripTrailing().endsWith(line());
    }
}
