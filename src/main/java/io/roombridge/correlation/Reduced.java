package io.roombridge.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is left of a payload after its seven days: what later decisions need, and the hash of the whole. Only what is named
 * here stays, so a field that nobody thought of goes (docs/rationale.md, "Seven days"). Pure.
 */
final class Reduced {

    /** The attribute with the SHA-256 of the event as it was kept before. */
    static final String HASH = "reducedfrom";

    private static final String SNAPSHOT = "io.roombridge.portal.ticket.snapshot.v1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DIGEST = Pattern.compile("\\A[0-9a-f]{64}\\z");

    /** The last line of an entry of the bridge, by which it is found again ({@link io.roombridge.ticket.Reference}). */
    private static final Pattern REFERENCE = Pattern.compile("\\n(ref rb-[0-9a-f]{16})\\z");

    /** The blocks of rooms and device: who and where, without accounts, serials and names of hosts. */
    private static final JsonNode PLACE = read("""
            {"rooms": [{"roomId": 1, "name": 1, "group": 1, "ring": 1, "tags": [1], "supportTier": 1, "lifecycle": 1,
                        "location": {"region": 1, "building": 1, "floor": 1, "room": 1, "timeZone": 1}}],
             "device": {"deviceId": 1, "role": 1, "platform": 1, "make": 1, "model": 1,
                        "peripheral": {"type": 1, "make": 1, "model": 1, "index": 1}}}""");

    /** The ticket without description, advice, messages, people, and whatever the contract does not know. */
    private static final JsonNode EVENT = ofPlace("""
            {"specversion": 1, "id": 1, "source": 1, "time": 1, "datacontenttype": 1, "tenantid": 1, "partitionkey": 1,
             "sequence": 1,
             "data": {"ticket": {"ticketId": 1, "origin": 1, "state": 1, "severity": 1, "category": 1, "title": 1,
                                 "key": {"roomId": 1, "deviceRole": 1, "signalType": 1, "instance": 1, "recorded": 1},
                                 "occurrence": 1, "createdAt": 1, "lastResolvedAt": 1, "snowIncident": 1,
                                 "highImpact": 1, "suppressed": 1}}}""");

    /** The fields of an incident that hold no prose; what a shadow decision wrote into others is kept as a hash. */
    private static final Set<String> FIELDS = Set.of(
            "active",
            "assigned_to",
            "assignment_group",
            "business_service",
            "caller_id",
            "category",
            "close_code",
            "cmdb_ci",
            "company",
            "contact_type",
            "correlation_display",
            "correlation_id",
            "hold_reason",
            "impact",
            "location",
            "parent",
            "priority",
            "service_offering",
            "short_description",
            "state",
            "subcategory",
            "urgency");

    private Reduced() {}

    /** A ticket that keeps no words of its events; the same ticket when there were none. */
    static Ticket ticket(Ticket ticket) {
        Optional<String> url = ticket.portal().portalUrl().map(Reduced::address);
        return ticket.withoutWords(event(ticket.lastEvent(), url), url);
    }

    private static String event(String whole, Optional<String> url) {
        JsonNode event = read(whole);
        ObjectNode reduced = (ObjectNode) kept(event, EVENT);
        String known = event.path(HASH).asText();
        reduced.put("type", SNAPSHOT).put(HASH, DIGEST.matcher(known).matches() ? known : hash(whole));
        if (!reduced.has("sequence")) {
            reduced.put("sequence", "0");
        }
        url.ifPresent(address -> reduced.withObject("/data/ticket").put("portalUrl", address));
        return reduced.toString();
    }

    /** The room and the device of a report ({@link DevicePlaces}). */
    static String blocks(String whole) {
        return kept(read(whole), PLACE).toString();
    }

    /** What a decision of shadow mode wrote, as JSON. */
    static String fields(String whole) {
        ObjectNode reduced = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : read(whole).properties()) {
            String text = field.getValue().asText();
            reduced.put(field.getKey(), FIELDS.contains(field.getKey()) || text.isBlank() ? text : digest(text));
        }
        return reduced.toString();
    }

    private static String digest(String text) {
        Matcher signed = REFERENCE.matcher(text.stripTrailing());
        return "(purged, sha256 " + hash(text) + ")" + (signed.find() ? "\n\n" + signed.group(1) : "");
    }

    /** Of a node what the shape names: an object for an object, a list for a list, a value for a value. */
    private static JsonNode kept(JsonNode node, JsonNode shape) {
        if (shape.isObject()) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> part : shape.properties()) {
                JsonNode found = node.path(part.getKey());
                if (found.isObject() == part.getValue().isObject()
                        && found.isArray() == part.getValue().isArray()
                        && !found.isMissingNode()) {
                    kept.set(part.getKey(), kept(found, part.getValue()));
                }
            }
            return kept;
        } else if (shape.isArray()) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> kept.add(kept(item, shape.get(0))));
            return kept;
        }
        return node.isValueNode() ? node : JsonNodeFactory.instance.nullNode();
    }

    /** A link without what may be a signature. */
    static String address(String url) {
        return url.replaceFirst("[?#].*+", "");
    }

    private static JsonNode ofPlace(String shape) {
        ObjectNode event = (ObjectNode) read(shape);
        event.withObject("/data").setAll((ObjectNode) PLACE);
        return event;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text of the store is no JSON; was the database edited by hand?", e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
