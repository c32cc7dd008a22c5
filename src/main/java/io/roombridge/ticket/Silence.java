package io.roombridge.ticket;

import io.roombridge.ticket.Ticket.Condition;
import java.time.Instant;

/**
 * A suppression of a ticket that has an incident, with what the incident rested on when it began. While it lasts nothing
 * but messages of people is written; what differs at its end is applied once.
 *
 * @param since when it began, by the statement's time
 * @param noted whether the incident says so
 * @param grace whether an agent's resolution was in its grace
 */
public record Silence(
        Instant since,
        boolean noted,
        Condition condition,
        int occurrence,
        Severity severity,
        String title,
        boolean grace) {

    static Silence of(Ticket ticket, Instant since) {
        PortalTicket portal = ticket.portal();
        return new Silence(
                since,
                false,
                ticket.condition(),
                portal.occurrence(),
                portal.severity(),
                portal.title(),
                ticket.appointments().containsKey(Appointment.GRACE));
    }

    Silence told() {
        return new Silence(since, true, condition, occurrence, severity, title, grace);
    }

    /** Whether the signal came back meanwhile, as a new stretch and not the one the incident is about. */
    boolean relapsed(Ticket ticket) {
        return ticket.unhealthy()
                && (condition == Condition.HEALTHY || ticket.portal().occurrence() > occurrence);
    }
}
