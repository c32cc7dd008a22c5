package io.roombridge.sandbox.portal;

import java.time.Instant;

/**
 * What became of one message of the command hub.
 *
 * @param id the command's id; empty if the message had none
 * @param name for example {@code message-add}; empty if the message had none
 * @param ticketId the portal's ticket id; empty if the command named none
 * @param reason why nothing was done; empty for an applied command
 * @param partition of the command hub
 * @param at by the portal's clock
 */
public record CommandRecord(
        String id, String name, String ticketId, Outcome outcome, String reason, String partition, Instant at) {

    /** What a relay can make of a command. */
    public enum Outcome {
        APPLIED,
        /** The id was applied or refused before; nothing was done. */
        REPEATED,
        /** Understood, and not possible; the ticket says so in an internal message. */
        REFUSED,
        /** Breaks the contract, or names a ticket that the portal does not know. The id may be used again. */
        INVALID
    }
}
