package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles writes that were cut off and whose cause does not come back, because it was set aside meanwhile. Without that
 * nobody would find what was written, and the state of the ticket's incident would not be heard any more: it waits while a
 * write is under way.
 */
public final class LeftOpen {

    private static final Logger LOG = LoggerFactory.getLogger(LeftOpen.class);

    /** So long whoever began a write has to come back to it. */
    private static final Duration NOBODY_CAME = Duration.ofMinutes(10);

    private static final int AT_A_TIME = 100;

    private final CorrelationStore store;
    private final Desks desks;
    private final Settlement settlement;
    private final Clock machine;

    LeftOpen(CorrelationStore store, Desks desks, Settlement settlement, Clock machine) {
        this.store = store;
        this.desks = desks;
        this.settlement = settlement;
        this.machine = machine;
    }

    /** Called by the route {@code appointments}. What cannot be settled now is tried again by the next run. */
    public void settle() {
        Instant since = machine.instant().minus(NOBODY_CAME);
        desks.all().stream()
                .filter(Desk::open)
                .forEach(desk ->
                        store.leftOpenSince(desk.name(), since, AT_A_TIME).forEach(ticket -> settle(desk, ticket)));
    }

    private void settle(Desk desk, Ticket ticket) {
        try {
            settlement.settle(desk, ticket, Cause.ofRule("left-open", ticket, String.valueOf(ticket.version())));
        } catch (RuntimeException later) {
            LOG.atDebug()
                    .addKeyValue("ticket", ticket.id())
                    .addKeyValue("why", later.getMessage())
                    .log("a write that was cut off is settled later");
        }
    }
}
