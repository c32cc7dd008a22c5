package io.roombridge.sandbox.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The identity of a ticket for ever, worked out from the contract alone (design, section 2): the sandbox judges the bridge
 * and therefore does not borrow the bridge's own class.
 */
public record TicketName(String canonical) implements Comparable<TicketName> {

    static TicketName ofSignal(String tenant, String room, String role, String signal, String instance) {
        String name = Signal.named(signal).map(Signal::label).orElse(signal);
        return of("1", tenant, room, role.isBlank() ? "compute" : role, name, instance.isBlank() ? "0" : instance);
    }

    static TicketName ofRecordedIssue(String tenant, String portalTicketId) {
        return of("1", tenant, "recorded", portalTicketId);
    }

    /** The value of ServiceNow's {@code correlation_id}: {@code rb-} and 40 hex digits of the key's SHA-256. */
    public String correlationId() {
        byte[] digest = sha256().digest(canonical.getBytes(StandardCharsets.UTF_8));
        return "rb-" + HexFormat.of().formatHex(digest).substring(0, 40);
    }

    @Override
    public int compareTo(TicketName other) {
        return canonical.compareTo(other.canonical);
    }

    private static TicketName of(String... parts) {
        return new TicketName(Arrays.stream(parts).map(TicketName::part).collect(Collectors.joining("|")));
    }

    private static String part(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
        return normal.replace("%", "%25").replace("|", "%7c");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
