package io.roombridge.sandbox.portal;

import java.time.Instant;

/** Something a person at the service desk does during the day, to the active incident of a ticket. */
public record DeskAction(Instant at, TicketName ticket, Act act, String text) {

    /** What people do with an incident. */
    public enum Act {
        /** Takes the incident: sets {@code assigned_to}. */
        ASSIGN,
        /** Writes a customer-visible comment. */
        COMMENT,
        /** Sets On Hold, waiting for a vendor. */
        HOLD,
        /** Sets Resolved with a close code and the text as notes. */
        RESOLVE
    }
}
