package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import java.util.Optional;

/** What stands in front of the ticket rows. An implementation may forget anything at any time, but never invents. */
public interface TicketCache {

    /** The ticket as cached, or else as its row says. May be older than the row; the commit finds out. */
    Optional<Ticket> get(TicketAddress address);

    /** Replaces a cached ticket of a lower version, after its row was committed. */
    void refresh(Ticket ticket);
}
