package io.roombridge.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Portal events for tests, as the relay sends them: structured CloudEvents of one signal of one room. */
final class PortalEvent {

    static final Instant MORNING = Instant.parse("2026-06-01T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String room;
    private final String signal;
    private String type = "ticket.opened";
    private String state = "needsAction";
    private String severity = "important";
    private long sequence = 1;
    private int occurrence = 1;
    private String title = "Display 1 is not detected";
    private Instant at = MORNING;
    private Instant created = MORNING;
    private String id;
    private boolean recorded;
    private String region = "";
    private String zone = "";
    private String name;
    private String building = "";
    private String floor = "";
    private String account = "";
    private String origin = "system";
    private String causedBy;
    private boolean suppressed;
    private ObjectNode more = JSON.createObjectNode();

    private PortalEvent(String room, String signal) {
        this.room = room;
        this.signal = signal;
    }

    static PortalEvent of(String room, String signal) {
        return new PortalEvent(room, signal);
    }

    PortalEvent opened(long number) {
        return kind("ticket.opened", "needsAction", number);
    }

    PortalEvent resolved(long number) {
        more.put("reason", "recovered").put("at", at.toString());
        return kind("ticket.resolved", "resolved", number);
    }

    PortalEvent reopened(long number, int times) {
        occurrence = times;
        return kind("ticket.reopened", "needsAction", number);
    }

    PortalEvent severity(long number, String word) {
        severity = word;
        more.put("from", "important").put("to", word);
        return kind("ticket.severity-changed", "needsAction", number);
    }

    PortalEvent closed(long number) {
        more.put("closeReason", "recovered").put("reactivatable", true);
        return kind("ticket.closed", "closed", number);
    }

    /** The portal's whole view again, as it repeats it from time to time. */
    PortalEvent snapshot(long number, String portalState) {
        return kind("ticket.snapshot", portalState, number);
    }

    PortalEvent needsAction(long number) {
        more.put("from", "investigating").put("to", "needsAction");
        return kind("ticket.status-changed", "needsAction", number);
    }

    PortalEvent ofBot() {
        more.withObject("/actor").put("type", "bot").put("displayName", "Room bot");
        return this;
    }

    PortalEvent suppressed() {
        suppressed = true;
        return this;
    }

    PortalEvent message(String messageId, String text) {
        more.put("messageId", messageId).put("text", text).put("at", at.toString());
        more.put("visibility", "customer").put("format", "text");
        more.putObject("actor").put("type", "customer").put("displayName", "Megan Bowen");
        id = messageId;
        return kind("ticket.message-added", "needsAction", sequence);
    }

    /** A file; {@code sha256} may be empty. */
    PortalEvent attachment(String attachmentId, String name, String type, long size, String sha256, String url) {
        more.put("attachmentId", attachmentId).put("fileName", name).put("contentType", type);
        more.put("size", size).put("downloadUrl", url);
        if (!sha256.isEmpty()) {
            more.put("sha256", sha256);
        }
        id = "e-" + attachmentId + "-" + Integer.toHexString(url.hashCode());
        return kind("ticket.attachment-added", "needsAction", sequence);
    }

    /** A message of anybody, for anybody: actor {@code customer}, {@code bot}, …; {@code visibility} as the event has it. */
    PortalEvent said(String messageId, String actor, String visibility, String text) {
        message(messageId, text);
        more.put("visibility", visibility);
        more.putObject("actor").put("type", actor).put("displayName", "Megan Bowen");
        return this;
    }

    PortalEvent html() {
        more.put("format", "html");
        return this;
    }

    PortalEvent inReplyTo(String message) {
        more.put("inReplyTo", message);
        return this;
    }

    PortalEvent remediation(String eventId, String output) {
        more.put("workflow", "restart-camera").put("outcome", "failed").put("output", output);
        id = eventId;
        return kind("ticket.remediation", "investigating", sequence);
    }

    PortalEvent status(long number, String from, String to) {
        more.put("from", from).put("to", to);
        return kind("ticket.status-changed", to, number);
    }

    PortalEvent file(String attachmentId) {
        more.put("attachmentId", attachmentId).put("fileName", "picture.png").put("contentType", "image/png");
        more.put("size", 12).put("downloadUrl", "https://portal.example.com/" + attachmentId);
        id = attachmentId;
        return kind("ticket.attachment-added", "needsAction", sequence);
    }

    /** Who did it, with the address of the account. */
    PortalEvent by(String type, String upn) {
        more.putObject("actor").put("type", type).put("id", "u-17").put("upn", upn);
        return this;
    }

    /** The account with which the room signs in. */
    PortalEvent inRoomOf(String upn) {
        account = upn;
        return this;
    }

    /** An issue that a person recorded, instead of a signal. */
    PortalEvent recorded() {
        recorded = true;
        return this;
    }

    /** The event was caused by this command of the bridge. */
    PortalEvent causedBy(String commandId) {
        causedBy = commandId;
        return this;
    }

    /** For a message: the sequence of the ticket that it shows. */
    PortalEvent sequence(long number) {
        sequence = number;
        return this;
    }

    PortalEvent occurrence(int times) {
        occurrence = times;
        return this;
    }

    /** What the ticket block says of the ticket's state, whatever the event is about. */
    PortalEvent showing(String portalState) {
        state = portalState;
        return this;
    }

    /** When the portal's ticket was created; the morning otherwise. */
    PortalEvent createdAt(Instant time) {
        created = time;
        return this;
    }

    /** Another id than the one that follows from type and sequence. */
    PortalEvent identified(String eventId) {
        id = eventId;
        return this;
    }

    PortalEvent severityOf(String word) {
        severity = word;
        return this;
    }

    PortalEvent titled(String text) {
        title = text;
        return this;
    }

    /** Where the room is, and who started the ticket: {@code customer} or {@code system}. */
    PortalEvent in(String roomRegion, String roomZone, String startedBy) {
        region = roomRegion;
        zone = roomZone;
        origin = startedBy;
        return this;
    }

    /** What people call the room. */
    PortalEvent named(String roomName) {
        name = roomName;
        return this;
    }

    PortalEvent onFloor(String roomBuilding, String roomFloor) {
        building = roomBuilding;
        floor = roomFloor;
        return this;
    }

    PortalEvent at(Instant time) {
        at = time;
        return this;
    }

    private PortalEvent kind(String name, String portalState, long number) {
        type = name;
        state = portalState;
        sequence = number;
        return this;
    }

    String id() {
        return id == null ? room + "-" + signal.replace(' ', '-') + "-" + type + "-" + sequence : id;
    }

    String room() {
        return room;
    }

    byte[] bytes() {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0").put("id", id()).put("source", "/mtrp/tenants/contoso");
        event.put("type", "io.roombridge.portal." + type + ".v1").put("time", at.toString());
        event.put("datacontenttype", "application/json").put("tenantid", "contoso");
        event.put("partitionkey", "contoso|" + room).put("sequence", String.format("%020d", sequence));
        if (causedBy != null) {
            event.put("correlationid", causedBy);
        }
        ObjectNode data = event.putObject("data");
        ObjectNode ticket = data.putObject("ticket");
        ticket.put("ticketId", "T-" + room)
                .put("origin", recorded ? "customer" : origin)
                .put("state", state)
                .put("severity", severity);
        ticket.put("title", title).put("occurrence", occurrence).put("createdAt", created.toString());
        if (suppressed) {
            ticket.put("suppressed", true);
        }
        if (recorded) {
            ticket.putObject("key").put("recorded", true);
        } else {
            ticket.putObject("key").put("roomId", room).put("signalType", signal);
        }
        ObjectNode place = data.putArray("rooms").addObject();
        place.put("roomId", room).put("name", name == null ? "Room " + room : name);
        if (!account.isEmpty()) {
            place.put("resourceAccountUpn", account);
        }
        if (!region.isEmpty()) {
            place.putObject("location").put("region", region).put("timeZone", zone);
        }
        if (!floor.isEmpty()) {
            place.withObject("/location").put("building", building).put("floor", floor);
        }
        data.setAll(more);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
