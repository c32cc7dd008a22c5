package io.roombridge.adoption;

import io.roombridge.ticket.TicketId;
import java.util.Optional;

/**
 * A ticket as the bridge knows it.
 *
 * @param incident the sys_id of its current incident; none while shadow mode only imagines one
 */
public record KnownTicket(TicketId id, Optional<String> incident) {}
