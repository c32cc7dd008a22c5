package io.roombridge.ticket;

import java.time.Instant;
import java.util.Optional;

/**
 * The ticket block of a portal event: the portal's whole present view of a ticket, from which an incident can be created
 * whatever event of the ticket comes first (design, section 3.3).
 */
public record PortalTicket(
        String portalTicketId,
        TicketKey key,
        Origin origin,
        PortalState state,
        Severity severity,
        String title,
        Optional<String> description,
        Optional<String> recommendedAction,
        int occurrence,
        Instant createdAt,
        Optional<Instant> lastResolvedAt,
        Optional<String> portalUrl,
        boolean highImpact,
        boolean suppressed) {}
