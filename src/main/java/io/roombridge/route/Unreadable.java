package io.roombridge.route;

import io.roombridge.ticket.ChangeId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A name for an event that cannot even say its own: derived from its content, so that a repetition has the same. */
final class Unreadable {

    private Unreadable() {}

    static ChangeId idOf(String payload) {
        return new ChangeId("/unreadable#" + UUID.nameUUIDFromBytes(payload.getBytes(StandardCharsets.UTF_8)));
    }
}
