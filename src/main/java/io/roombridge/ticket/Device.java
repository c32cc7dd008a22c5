package io.roombridge.ticket;

import java.util.Optional;

/** A device of a room; ids and names of the hardware are facts about the ticket, never part of its key. */
public record Device(
        String id, Optional<String> role, Optional<String> platform, Optional<String> make, Optional<String> model) {}
