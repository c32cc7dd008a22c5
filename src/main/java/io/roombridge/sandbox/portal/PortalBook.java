package io.roombridge.sandbox.portal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the portal remembers from day to day: its tickets with their sequences, and the rooms as they are now. It makes an
 * endless run of days one story.
 */
final class PortalBook {

    private final EventPen pen;
    private final Map<TicketName, TrackedTicket> tickets = new LinkedHashMap<>();
    private final Map<String, MeetingRoom> changedRooms = new HashMap<>();
    private final List<MeetingRoom> rooms;

    PortalBook(Campus campus, EventPen pen) {
        this.rooms = campus.rooms();
        this.pen = pen;
    }

    EventPen pen() {
        return pen;
    }

    /** The rooms of a tenant as they are now. */
    List<MeetingRoom> rooms(String tenant) {
        return rooms.stream()
                .filter(room -> room.tenant().equals(tenant))
                .map(room -> changedRooms.getOrDefault(RoomNews.partitionKey(room), room))
                .toList();
    }

    void change(MeetingRoom room) {
        changedRooms.put(RoomNews.partitionKey(room), room);
    }

    /** The one ticket of the signal, which may have lived before. */
    TrackedTicket ticket(RoomSignal signal) {
        TrackedTicket ticket = tickets.computeIfAbsent(signal.name(), name -> TrackedTicket.of(signal, pen));
        ticket.moveTo(signal);
        return ticket.withSeverity(signal.severity());
    }

    TrackedTicket record(List<MeetingRoom> where, String title, boolean highImpact) {
        TrackedTicket ticket = TrackedTicket.recorded(where, title, highImpact, pen);
        tickets.put(ticket.name(), ticket);
        return ticket;
    }

    List<TrackedTicket> unhealthy() {
        return tickets.values().stream().filter(TrackedTicket::unhealthy).toList();
    }
}
