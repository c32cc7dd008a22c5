package io.roombridge.portal;

import io.roombridge.ticket.Actor;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.Origin;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Room;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.TicketKey;
import java.util.Optional;

/** The blocks that events share (facts/portal.md, section 9.2), from JSON to the language of the bridge. */
final class Blocks {

    /** What the portal calls a recorded issue where it lists it as a signal (facts/portal.md, section 2.2). */
    private static final String RECORDED_ISSUE = "recorded issue";

    private Blocks() {}

    static PortalTicket ticket(String tenant, Block ticket) {
        return new PortalTicket(
                ticket.text("ticketId"),
                key(tenant, ticket),
                ticket.word("origin", Origin::of),
                ticket.word("state", PortalState::of),
                ticket.word("severity", Severity::of),
                ticket.text("title").strip(),
                ticket.find("description"),
                ticket.find("recommendedAction"),
                Math.toIntExact(ticket.number("occurrence")),
                ticket.time("createdAt"),
                ticket.findTime("lastResolvedAt"),
                ticket.find("portalUrl"),
                ticket.flag("highImpact"),
                ticket.flag("suppressed"));
    }

    private static TicketKey key(String tenant, Block ticket) {
        Block key = ticket.block("key");
        return key.flag("recorded")
                ? new TicketKey.RecordedIssue(tenant, ticket.text("ticketId"))
                : roomSignal(tenant, key);
    }

    /** All recorded issues of a room would become one ticket if they were keyed as its signal. */
    static TicketKey.RoomSignal roomSignal(String tenant, Block key) {
        TicketKey.RoomSignal signal = new TicketKey.RoomSignal(
                tenant,
                key.text("roomId"),
                key.find("deviceRole").orElse(TicketKey.RoomSignal.DEFAULT_ROLE),
                key.text("signalType"),
                key.find("instance").orElse(TicketKey.RoomSignal.DEFAULT_INSTANCE));
        if (signal.signal().equals(RECORDED_ISSUE)) {
            throw new ContractViolation(
                    key.path().append("signalType"),
                    "names a recorded issue as if it were a signal; expected \"recorded\": true instead");
        }
        return signal;
    }

    static Room room(Block room) {
        return new Room(
                room.text("roomId"),
                room.text("name"),
                room.find("group"),
                room.find("ring"),
                room.findBlock("location").map(Blocks::location).orElse(Room.Location.UNKNOWN),
                room.texts("tags"),
                room.find("lifecycle"));
    }

    private static Room.Location location(Block location) {
        return new Room.Location(
                location.find("region"),
                location.find("building"),
                location.find("floor"),
                location.find("room"),
                location.find("timeZone"));
    }

    static Device device(Block device) {
        return new Device(
                device.text("deviceId"),
                device.find("role"),
                device.find("platform"),
                device.find("make"),
                device.find("model"));
    }

    static Actor actor(Block actor) {
        return new Actor(actor.word("type", Actor.Type::of), actor.find("id"), actor.find("displayName"));
    }

    static Optional<Actor> findActor(Block data) {
        return data.findBlock("actor").map(Blocks::actor);
    }
}
