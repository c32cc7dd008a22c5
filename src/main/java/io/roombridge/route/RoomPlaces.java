package io.roombridge.route;

import io.roombridge.closing.RoomPlace;
import io.roombridge.portal.Decoded;
import io.roombridge.portal.PortalEvents;
import io.roombridge.ticket.Room;
import io.roombridge.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the rooms of a ticket stand, as its last event tells. */
public final class RoomPlaces {

    private final PortalEvents events;
    private final Optional<String> region;

    /** @param region an ISO 3166 code, for rooms that name none */
    public RoomPlaces(PortalEvents events, Optional<String> region) {
        this.events = events;
        this.region = region;
    }

    public List<RoomPlace> of(Ticket ticket) {
        return events.decode(ticket.lastEvent().getBytes(StandardCharsets.UTF_8), Optional.empty(), Map.of()).stream()
                .filter(Decoded.Accepted.class::isInstance)
                .map(Decoded.Accepted.class::cast)
                .flatMap(accepted -> accepted.change().rooms().stream())
                .map(this::place)
                .toList();
    }

    private RoomPlace place(Room room) {
        return new RoomPlace(
                room.id(),
                room.location().region().or(() -> region),
                room.location().timeZone());
    }
}
