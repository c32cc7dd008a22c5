package io.roombridge.adoption;

import java.util.Optional;

/**
 * A ticket of the portal's export, as far as adoption needs it.
 *
 * @param id the portal's id of the ticket
 * @param open whether the portal still works on it, or waits for somebody to
 * @param incident the number of its incident in ServiceNow
 * @param room the room's name, and {@code signal} the incident type's display name, for people
 */
public record ExportedTicket(
        String id, boolean open, Optional<String> incident, Optional<String> room, Optional<String> signal) {}
