package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Events about rooms, devices and signals that belong to no ticket (facts/portal.md, section 9.3). */
final class RoomNews {

    static final String ENROLLED = "enrolled";
    static final String ONBOARDING = "onboarding";

    private final EventPen pen;

    RoomNews(EventPen pen) {
        this.pen = pen;
    }

    /** All events of a room share this, so that suppression and onboarding keep their place among its tickets. */
    static String partitionKey(MeetingRoom room) {
        return room.tenant() + "|" + room.id();
    }

    PortalEvent signalSuppressed(RoomSignal signal, Instant at) {
        ObjectNode data = signalBlocks(signal);
        data.put("reason", "Planned work on the room's screen wall");
        data.set("actor", siteTechnician());
        return ofRoom("signal.suppressed", signal.room(), at, data);
    }

    PortalEvent signalUnsuppressed(RoomSignal signal, Instant at) {
        ObjectNode data = signalBlocks(signal);
        data.put("reason", "The work is done");
        data.set("actor", siteTechnician());
        data.put("currentHealth", "healthy");
        return ofRoom("signal.unsuppressed", signal.room(), at, data);
    }

    PortalEvent deviceSuppressed(MeetingRoom room, RoomDevice device, Instant at) {
        ObjectNode data = deviceBlocks(room, device, ENROLLED);
        data.put("reason", "The room is being rebuilt");
        data.set("actor", siteTechnician());
        return ofRoom("device.suppressed", room, at, data);
    }

    PortalEvent deviceUnsuppressed(MeetingRoom room, RoomDevice device, Instant at) {
        ObjectNode data = deviceBlocks(room, device, ENROLLED);
        data.set("actor", siteTechnician());
        return ofRoom("device.unsuppressed", room, at, data);
    }

    PortalEvent onboarding(MeetingRoom room, RoomDevice device, Instant at) {
        return ofRoom("device.onboarding", room, at, deviceBlocks(room, device, ONBOARDING));
    }

    PortalEvent enrolled(MeetingRoom room, RoomDevice device, Instant at) {
        ObjectNode data = deviceBlocks(room, device, ENROLLED);
        data.put("at", at.toString());
        return ofRoom("device.enrolled", room, at, data);
    }

    PortalEvent replaced(MeetingRoom room, RoomDevice from, RoomDevice to, Instant at) {
        ObjectNode data = deviceBlocks(room, to, ENROLLED);
        data.set("previousDevice", Blocks.device(from));
        return ofRoom("device.replaced", room, at, data);
    }

    /** The room as it is after the change, with what its name was before. */
    PortalEvent changed(MeetingRoom before, MeetingRoom after, Instant at) {
        ObjectNode data = Blocks.object();
        data.set("rooms", Blocks.rooms(List.of(after), ENROLLED));
        ObjectNode changed = Blocks.changed("name", before.name(), after.name());
        changed.putObject("group").put("old", before.group()).put("new", after.group());
        data.set("changed", changed);
        return ofRoom("room.changed", after, at, data);
    }

    PortalEvent switched(String tenant, Signal signal, boolean enabled, Instant at) {
        ObjectNode data = Blocks.object();
        data.put("signalType", signal.label());
        data.putArray("deviceTypes");
        data.set("actor", Blocks.actor("customer", "admin@rooms.example", "Teams Administrator"));
        String name = enabled ? "signal.enabled" : "signal.disabled";
        return pen.write(name, at, tenant, tenant + "|signals", "signals/" + slug(signal.label()), data);
    }

    private PortalEvent ofRoom(String name, MeetingRoom room, Instant at, ObjectNode data) {
        return pen.write(name, at, room.tenant(), partitionKey(room), "rooms/" + room.id(), data);
    }

    private static ObjectNode signalBlocks(RoomSignal signal) {
        ObjectNode data = Blocks.object();
        data.set("key", TrackedTicket.key(signal, signal.signal().label()));
        data.set("rooms", Blocks.rooms(List.of(signal.room()), ENROLLED));
        return data;
    }

    private static ObjectNode deviceBlocks(MeetingRoom room, RoomDevice device, String lifecycle) {
        ObjectNode data = Blocks.object();
        data.set("rooms", Blocks.rooms(List.of(room), lifecycle));
        data.set("device", Blocks.device(device));
        return data;
    }

    private static ObjectNode siteTechnician() {
        return Blocks.actor("customer", "site.tech@rooms.example", "Site Technician");
    }

    static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
    }
}
