package io.roombridge.correlation;

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

    /** How far a closing has come. */
    public enum Step {
        WARNED,
        /** Decided and about to be written. */
        INTENDED,
        CLOSED,
        /** A person had written before the closing, so it was taken back. */
        UNDONE
    }
}
