package io.roombridge.adoption;

import io.roombridge.ticket.TicketId;
import java.util.Optional;

/**
 * A ticket as the bridge knows it.
 *
 * @param incident the sys_id of its current incident; none while shadow mode only imagines one
 * @param room the room's name, and {@code signal} the name of what is wrong, for a match by text
 */
public record KnownTicket(TicketId id, boolean open, Optional<String> incident, String room, String signal) {}
