package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;

/** Where a ticket lies: the full key of its row, and, joined, of its cache entry. */
public record TicketAddress(String tenant, String instance, TicketId id) {

    static TicketAddress of(Ticket ticket) {
        return new TicketAddress(ticket.tenant(), ticket.instance(), ticket.id());
    }

    /** The id stands first and has a fixed length, the instance is a configured name without a bar. */
    String joined() {
        return id.value() + "|" + instance + "|" + tenant;
    }

    static TicketAddress parse(String joined) {
        String[] parts = joined.split("\\|", 3);
        return new TicketAddress(parts[2], parts[1], new TicketId(parts[0]));
    }
}
