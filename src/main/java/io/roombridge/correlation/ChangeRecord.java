package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Optional;

/** What became of a change, for the ledger. */
public record ChangeRecord(
        String tenant, ChangeId change, Optional<TicketId> ticket, String kind, Outcome outcome, Instant at) {}
