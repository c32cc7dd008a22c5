package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** @param ticket the block of that name of an event */
    static TicketName of(String tenant, JsonNode ticket) {
        JsonNode key = ticket.path("key");
        if (key.path("recorded").asBoolean()) {
            return ofRecordedIssue(tenant, ticket.path("ticketId").asText());
        }
        return ofSignal(
                tenant,
                key.path("roomId").asText(),
                key.path("deviceRole").asText(),
                key.path("signalType").asText(),
                key.path("instance").asText());
    }

    static TicketName ofSignal(String tenant, String room, String role, String signal, String instance) {
        String name = Signal.named(signal).map(Signal::label).orElse(signal);
        return ofParts("1", tenant, room, role.isBlank() ? "compute" : role, name, instance.isBlank() ? "0" : instance);
    }

    static TicketName ofRecordedIssue(String tenant, String portalTicketId) {
        return ofParts("1", tenant, "recorded", portalTicketId);
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

    private static TicketName ofParts(String... parts) {
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
