package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.TicketId;
import java.time.Instant;

/**
 * Output of automation that waits to be written together with what follows it.
 *
 * @param text as the mapping made it
 * @param dueAt when it is written at the latest, by the bridge's clock; earlier if a person speaks
 */
public record GatheredNote(
        String tenant, String instance, TicketId ticket, ChangeId change, String text, Instant dueAt) {}
