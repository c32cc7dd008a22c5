package io.roombridge.rebuild;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.mapping.MachineLine;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Room;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The portal's side of a ticket, as far as its incident tells; everything else comes with the next event. */
final class BornAgain {

    private static final String SOURCE = "/roombridge/rebuilt";

    private BornAgain() {}

    static Ticket ticket(TicketKey key, MachineLine line, IncidentRecord newest, String instance, Horizon horizon) {
        PortalTicket portal = new PortalTicket(
                line.portalTicketId(),
                key,
                line.origin(),
                PortalState.NEW,
                Severity.IMPORTANT,
                newest.shortDescription().isBlank() ? newest.number() : newest.shortDescription(),
                Optional.empty(),
                Optional.empty(),
                1,
                line.opened(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
        List<Room> rooms = key instanceof TicketKey.RoomSignal signal ? List.of(room(signal.room())) : List.of();
        Change told = new Change(
                ChangeId.ofEvent(SOURCE, key.id().value()),
                Kind.TICKET_SNAPSHOT,
                key.tenant(),
                line.opened(),
                key.tenant(),
                OptionalLong.empty(),
                Optional.of(portal),
                rooms,
                Optional.empty(),
                Optional.empty(),
                new Detail.None(),
                Optional.empty(),
                event(portal, rooms).toString());
        return Ticket.born(told, instance, horizon.now());
    }

    private static Room room(String id) {
        return new Room(id, id, Optional.empty(), Optional.empty(), Room.Location.UNKNOWN, List.of(), Optional.empty());
    }

    /** What mappings read until the portal speaks: an event with nothing but what the contract requires. */
    private static ObjectNode event(PortalTicket portal, List<Room> rooms) {
        TicketKey key = portal.key();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0").put("id", key.id().value()).put("source", SOURCE);
        event.put("type", "io.roombridge.portal.ticket.snapshot.v1")
                .put("time", portal.createdAt().toString())
                .put("datacontenttype", "application/json")
                .put("tenantid", key.tenant())
                .put("partitionkey", key.tenant())
                .put("sequence", "00000000000000000000")
                .put("ticketid", portal.portalTicketId());
        ObjectNode data = event.putObject("data");
        ObjectNode ticket = data.putObject("ticket");
        ticket.put("ticketId", portal.portalTicketId())
                .put("origin", portal.origin().label())
                .put("state", portal.state().label())
                .put("severity", portal.severity().label())
                .put("title", portal.title())
                .put("occurrence", portal.occurrence())
                .put("createdAt", portal.createdAt().toString());
        ObjectNode named = ticket.putObject("key");
        if (key instanceof TicketKey.RoomSignal signal) {
            named.put("roomId", signal.room())
                    .put("deviceRole", signal.role())
                    .put("signalType", signal.signal())
                    .put("instance", signal.instance());
        } else {
            named.put("recorded", true);
        }
        rooms.forEach(room ->
                data.withArray("rooms").addObject().put("roomId", room.id()).put("name", room.name()));
        return event;
    }
}
