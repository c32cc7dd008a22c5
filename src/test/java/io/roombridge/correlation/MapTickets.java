package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * One process's cache after the network split: it loads what it lacks and keeps it, and learns nothing of what others
 * commit. No Hazelcast view can be staler than that.
 */
public final class MapTickets implements TicketCache {

    private final Jdbi jdbi;
    private final Map<String, Ticket> map = new ConcurrentHashMap<>();

    public MapTickets(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<Ticket> get(TicketAddress address) {
        Ticket known = map.get(address.joined());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Ticket> row = jdbi.withHandle(handle -> Tickets.find(handle, address));
        row.ifPresent(this::refresh);
        return row;
    }

    @Override
    public void refresh(Ticket ticket) {
        map.merge(
                TicketAddress.of(ticket).joined(),
                ticket,
                (present, newer) -> present.version() >= newer.version() ? present : newer);
    }

    @Override
    public void forget(TicketAddress address) {
        map.remove(address.joined());
    }

    /** The cluster lost its memory. */
    public void clear() {
        map.clear();
    }
}
