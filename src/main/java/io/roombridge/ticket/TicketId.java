package io.roombridge.ticket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The id of a ticket for ever: {@code rb-} and the first 40 hex digits of the SHA-256 of its canonical key. It is the
 * store's key and ServiceNow's {@code correlation_id} (at most 100 characters there; lower case, so that the database's
 * collation does not matter: facts/servicenow.md, section 1.5).
 */
public record TicketId(String value) {

    public static final String PREFIX = "rb-";

    private static final Pattern FORM = Pattern.compile("rb-[0-9a-f]{40}");

    public TicketId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a ticket id: '" + value + "'; expected rb- and 40 hex digits");
        }
    }

    public static TicketId of(TicketKey key) {
        byte[] canonical = key.canonical().getBytes(StandardCharsets.UTF_8);
        return new TicketId(PREFIX + HexFormat.of().formatHex(sha256(canonical)).substring(0, 40));
    }

    /** Whether the text has the form of a ticket id, for values that come from outside. */
    public static boolean isTicketId(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
