package io.roombridge.correlation;

import io.roombridge.closing.Activity;
import io.roombridge.ticket.TicketId;
import java.time.Instant;

/**
 * A fact about whose turn it is, on its way into the store; one that is known already changes nothing.
 *
 * @param recordedAt by the bridge's clock
 */
public record TicketActivity(String tenant, String instance, TicketId ticket, Activity what, Instant recordedAt) {}
