package io.roombridge.route;

import io.roombridge.ticket.Change;
import io.roombridge.ticket.Lane;

/** Which queue of its ticket a change stands in. */
final class Lanes {

    private Lanes() {}

    static Lane of(Change change) {
        return switch (change.kind()) {
            case TICKET_MESSAGE_ADDED, TICKET_REMEDIATION -> Lane.CONVERSATION;
            case TICKET_ATTACHMENT_ADDED -> Lane.FILES;
            default -> Lane.STATE;
        };
    }
}
