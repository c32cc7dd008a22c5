package io.roombridge.route;

import io.roombridge.correlation.Mutes;
import io.roombridge.correlation.Mutes.Mute;
import io.roombridge.ticket.RetryLater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks the tickets that a mute concerns, when it begins and when it is ended before its time. What follows from that, a note
 * or an incident that was held back, comes as an appointment of the ticket.
 */
public final class Muting {

    private static final Logger LOG = LoggerFactory.getLogger(Muting.class);

    private final Mutes mutes;
    private final Desks desks;
    private final Neighbours neighbours;

    Muting(Mutes mutes, Desks desks, Neighbours neighbours) {
        this.mutes = mutes;
        this.desks = desks;
        this.neighbours = neighbours;
    }

    /** Called by the route {@code appointments}; returns how many mutes were applied. What fails is done by a later run. */
    public int apply() {
        return (int) mutes.unapplied().stream().filter(this::applied).count();
    }

    private boolean applied(Mute mute) {
        try {
            desks.all().forEach(desk -> neighbours.mark(mutes.concerned(mute, desk.name())));
            mutes.applied(mute);
            return true;
        } catch (RetryLater later) {
            LOG.atDebug()
                    .addKeyValue("mute", mute.id())
                    .addKeyValue("why", later.getMessage())
                    .log("a mute is applied later");
            return false;
        }
    }
}
