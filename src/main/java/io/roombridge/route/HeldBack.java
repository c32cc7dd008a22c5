package io.roombridge.route;

import io.roombridge.correlation.Adoptions;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Pauses;
import io.roombridge.correlation.TicketAddress;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Surroundings;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tickets that wait for the bridge itself: what is open in the portal gets its incident when the bridge goes live, or
 * when the scope widens (design, section 3.7). Runs on a schedule; what cannot be done now is done by a later run.
 */
public final class HeldBack {

    private static final Logger LOG = LoggerFactory.getLogger(HeldBack.class);

    /** Another node may have taken the files later, and held tickets back by the scope that was before. */
    private static final Duration AGAIN = Duration.ofHours(1);

    private final CorrelationStore store;
    private final Adoptions adoptions;
    private final Pauses pauses;
    private final Lookout lookout;
    private final Desks desks;
    private final Neighbours neighbours;
    private final Clock clock;
    /** The mappings whose scope has been applied to every ticket, and when. */
    private String applied = "";

    private Instant appliedAt = Instant.MIN;

    HeldBack(
            CorrelationStore store,
            Adoptions adoptions,
            Pauses pauses,
            Lookout lookout,
            Desks desks,
            Neighbours neighbours,
            Clock clock) {
        this.store = store;
        this.adoptions = adoptions;
        this.pauses = pauses;
        this.lookout = lookout;
        this.desks = desks;
        this.neighbours = neighbours;
        this.clock = clock;
    }

    /**
     * Called by the route {@code appointments} when the hub is read, because that one of them is healthy again may be among
     * what is not; returns how many tickets wait no longer.
     */
    public int release() {
        String present = lookout.mappingVersion();
        Instant now = clock.instant();
        boolean scopeToo = !present.equals(applied) || !now.isBefore(appliedAt.plus(AGAIN));
        List<TicketAddress> waiting = new ArrayList<>(
                store.heldBackBy(scopeToo ? Set.of(Reason.SHADOW, Reason.OUT_OF_SCOPE) : Set.of(Reason.SHADOW)));
        waiting.addAll(adoptions.released());
        int released = (int) waiting.stream().filter(this::released).count();
        if (scopeToo && released == waiting.size()) {
            applied = present;
            appliedAt = now;
        }
        return released;
    }

    private boolean released(TicketAddress address) {
        Optional<Desk> desk = desks.named(address.instance()).filter(Desk::open);
        // Thousands may wait when a bridge goes live, so a pause may begin meanwhile; a parked change may say
        // otherwise.
        Optional<Ticket> held = desk.filter(open -> !pauses.parks(address.tenant()))
                .filter(open -> !store.heldUp(address.tenant(), address.instance(), address.id(), Lane.STATE))
                .flatMap(open -> store.ticket(address.tenant(), address.instance(), address.id()));
        try {
            held.ifPresent(ticket -> release(desk.get(), ticket));
            return held.isPresent();
        } catch (RetryLater | VersionMoved later) {
            LOG.atDebug()
                    .addKeyValue("ticket", address.id())
                    .addKeyValue("why", later.getMessage())
                    .log("a ticket is released later");
            return false;
        }
    }

    /** What else holds it back takes the place of the reason that is gone, and is lifted as ever. */
    private void release(Desk desk, Ticket held) {
        if (lookout.outOfScope(held).equals(held.heldBack())) {
            return;
        }
        Surroundings around = lookout.around(held);
        if (around.heldBack().isEmpty() && held.unhealthy()) {
            neighbours.release(desk, List.of(held));
        } else if (!around.heldBack().equals(held.heldBack())) {
            Ticket other = held.withHeldBack(around.heldBack());
            store.commit(new Commit().ticket(around.mark(other, clock.instant())));
        }
    }
}
