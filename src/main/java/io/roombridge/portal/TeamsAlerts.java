package io.roombridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.portal.Posting.Envelope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the JSON that a device-state rule of the Teams admin centre posts (facts/portal.md, section 4.3) as an event
 * {@code device.health-changed}. It has no id of its own: what repeats itself in device, health, rule and time is one event.
 */
public final class TeamsAlerts {

    private static final String SOURCE = "/teams-admin-center";

    private final StrictJson json = new StrictJson();

    /** @param receivedAt the machine's clock; counts where the alert's own time is missing, later, or not readable */
    public Posting posting(byte[] body, Instant receivedAt) {
        try {
            JsonNode alert = json.read(body, ContractViolation.EVENT);
            ObjectNode event = event(alert, receivedAt);
            return new Posting.Readable(List.of(new Envelope(
                    Optional.of(event.get("tenantid").textValue()),
                    Optional.of(event.get(PortalEvents.PARTITION_KEY).textValue()),
                    event.toString())));
        } catch (ContractViolation e) {
            return new Posting.Unreadable(e.path(), e.problem());
        }
    }

    private ObjectNode event(JsonNode alert, Instant receivedAt) {
        String tenant = required(alert, "TenantId");
        String device = required(alert, "DeviceId");
        String health = health(alert);
        Instant at = at(alert, receivedAt);
        ObjectNode event = json.mapper().createObjectNode();
        event.put("specversion", "1.0")
                .put("id", id(tenant, device, health, text(alert, "RuleName").orElse(""), at))
                .put("source", SOURCE)
                .put("type", PortalEvents.TYPE_PREFIX + "device.health-changed" + PortalEvents.VERSION)
                .put("time", at.toString())
                .put("datacontenttype", "application/json")
                .put("tenantid", tenant)
                .put(PortalEvents.PARTITION_KEY, tenant + "|device|" + device);
        ObjectNode data = event.putObject(PortalEvents.DATA);
        data.putObject("device").put("deviceId", device);
        data.put("to", health).put("reportedBy", "the Teams admin centre");
        text(alert, "DeviceLoggedInUserId").ifPresent(account -> data.put("account", account));
        text(alert, "RuleName").ifPresent(rule -> data.put("rule", rule));
        return event;
    }

    private static String health(JsonNode alert) {
        String name = "MetricValues";
        String status = "DeviceHealthStatus";
        return text(alert, name + "." + status)
                .or(() -> text(alert.path(name), status))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> word.equals("online") ? "healthy" : word)
                .orElseThrow(() -> new ContractViolation(
                        ContractViolation.EVENT.append(name).append(status), "is missing; expected a word"));
    }

    private static String required(JsonNode alert, String name) {
        return text(alert, name)
                .filter(value -> value.length() <= 200)
                .orElseThrow(() -> new ContractViolation(
                        ContractViolation.EVENT.append(name), "is missing or too long; expected up to 200 characters"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue())
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** Without an offset it is UTC. */
    private static Instant at(JsonNode alert, Instant receivedAt) {
        Optional<String> raised = text(alert, "AlertRaisedAt");
        return raised.flatMap(TeamsAlerts::withOffset)
                .or(() -> raised.flatMap(TeamsAlerts::withoutOffset))
                .filter(at -> !at.isAfter(receivedAt))
                .orElse(receivedAt);
    }

    private static Optional<Instant> withOffset(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> withoutOffset(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String id(String tenant, String device, String health, String rule, Instant at) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", tenant, device, health, rule, at.toString())
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }
}
