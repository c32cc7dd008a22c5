package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Instant;

/**
 * One step of a closing, kept for audits: append-only, 13 months.
 *
 * @param incident the sys_id, and {@code number} how people call it
 * @param cause the identity of this closing: the same for each of its steps
 * @param countFrom since when the customer was silent
 * @param evidence what it rested on, as JSON
 */
public record ClosingRecord(
        String tenant,
        String instance,
        TicketId ticket,
        String incident,
        String number,
        String cause,
        Step step,
        Instant at,
        Instant countFrom,
        String evidence) {

    /** The first step of a warning or a closing. */
    public static ClosingRecord of(
            Ticket ticket,
            Incident incident,
            ChangeId cause,
            Step step,
            Instant at,
            Instant countFrom,
            String evidence) {
        return new ClosingRecord(
                ticket.tenant(),
                ticket.instance(),
                ticket.id(),
                incident.sysId(),
                incident.number(),
                cause.value(),
                step,
                at,
                countFrom,
                evidence);
    }

    /** A later step of the same closing. */
    public ClosingRecord then(Step later, Instant when) {
        return new ClosingRecord(tenant, instance, ticket, incident, number, cause, later, when, countFrom, evidence);
    }

    /** How far a closing has come. */
    public enum Step {
        WARNED,
        /** Decided and about to be written. */
        INTENDED,
        CLOSED,
        /** A person had written before the closing, so it was taken back. */
        UNDONE,
        /** The customer answered in the portal after the closing, so the ticket was opened again. */
        REOPENED
    }
}
