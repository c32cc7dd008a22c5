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
        boolean suppressed) {

    /** Stands in place of the portal's ticket id while only others have reported what the ticket is about. */
    public static final String NOT_NAMED = "not-in-portal";

    /** Whether the portal has a ticket, so that it can be told something about it. */
    public boolean named() {
        return !portalTicketId.equals(NOT_NAMED);
    }

    /**
     * Without what was said about it: its title, which shows whether it changed, stays.
     *
     * @param url the address of the ticket as it may be kept
     */
    PortalTicket withoutWords(Optional<String> url) {
        return new PortalTicket(
                portalTicketId,
                key,
                origin,
                state,
                severity,
                title,
                Optional.empty(),
                Optional.empty(),
                occurrence,
                createdAt,
                lastResolvedAt,
                url,
                highImpact,
                suppressed);
    }
}
