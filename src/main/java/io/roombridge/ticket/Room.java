package io.roombridge.ticket;

import java.util.List;
import java.util.Optional;

/** A meeting room as an event describes it (facts/portal.md, section 9.2). Unknown parts are empty. */
public record Room(
        String id,
        String name,
        Optional<String> group,
        Optional<String> ring,
        Location location,
        List<String> tags,
        Optional<String> lifecycle) {

    public Room {
        tags = List.copyOf(tags);
    }

    /** Region, building, floor and room, with the IANA or Windows id of the room's time zone. */
    public record Location(
            Optional<String> region,
            Optional<String> building,
            Optional<String> floor,
            Optional<String> room,
            Optional<String> timeZone) {

        public static final Location UNKNOWN =
                new Location(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
