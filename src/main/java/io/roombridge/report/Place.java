package io.roombridge.report;

import io.roombridge.portal.Decoded;
import io.roombridge.portal.PortalEvents;
import io.roombridge.ticket.Room;
import io.roombridge.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where a ticket's room is, as its last event says it.
 *
 * @param room its name, for people
 */
record Place(String room, Optional<String> building, Optional<String> floor) {

    /** Empty for a ticket whose event names no room, or cannot be read any more. */
    static Optional<Place> of(PortalEvents events, Ticket ticket) {
        return events.decode(ticket.lastEvent().getBytes(StandardCharsets.UTF_8), Optional.empty(), Map.of()).stream()
                .filter(Decoded.Accepted.class::isInstance)
                .map(Decoded.Accepted.class::cast)
                .flatMap(accepted -> accepted.change().rooms().stream())
                .findFirst()
                .map(Place::of);
    }

    private static Place of(Room room) {
        return new Place(
                room.name(), room.location().building(), room.location().floor());
    }

    /** The name, and the building if it is known. */
    String inWords() {
        return building.map(name -> room + ", " + name).orElse(room);
    }
}
