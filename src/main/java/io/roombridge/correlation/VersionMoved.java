package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.TicketId;

/** Another step committed the ticket first; nothing of this commit was written. Read the ticket again and decide anew. */
public final class VersionMoved extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VersionMoved(TicketId ticket, long version) {
        super("ticket " + ticket + " is no longer at version " + version);
    }

    VersionMoved(Adoption row, Adoption.State expected) {
        super("the adoption of portal ticket " + row.portalTicketId() + " is no longer " + expected.label());
    }

    VersionMoved(ChangeId change) {
        super("change " + change + " was applied by somebody else meanwhile");
    }
}
