package io.roombridge.correlation;

import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Optional;

/**
 * A ticket whose count runs.
 *
 * @param number of its current incident
 * @param decision what the last look decided, in one word, and {@code reason} why
 */
public record ExpectedClosing(
        String tenant,
        TicketId ticket,
        String number,
        Optional<Instant> countFrom,
        Optional<Instant> dueAt,
        Optional<Instant> executeFrom,
        String decision,
        String reason) {}
