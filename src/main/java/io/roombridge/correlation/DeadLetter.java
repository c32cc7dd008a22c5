package io.roombridge.correlation;

import io.roombridge.privacy.Privacy;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A change that could not be applied, or waits behind one, with everything needed to apply it later. */
public record DeadLetter(
        String tenant,
        String instance,
        ChangeId change,
        Optional<TicketId> ticket,
        Kind kind,
        Lane lane,
        State state,
        Reason reason,
        String detail,
        String payload,
        int attempts,
        Instant at) {

    /** The detail stands in lists; the payload, from which it is tried again, only where one letter is shown. */
    public DeadLetter {
        detail = Privacy.strictly(detail);
    }

    /** What it holds, and so how it is tried again. */
    public enum Kind {
        /** An event of the portal, as structured-mode JSON. */
        EVENT,
        /** What automation said, the text of a work note. */
        NOTE,
        /** A file on its way, by the number of its job. */
        FILE,
        /** What a rule of the bridge owed to a ticket. */
        RULE,
        /** An entry or a state of ServiceNow of which no command could be made. */
        ENTRY,
        /** A command that the portal's hub did not accept. */
        COMMAND;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it takes part in the order of its ticket. */
    public enum State {
        /** A person has to act; holds up its lane. */
        DEAD,
        /** Waits in order behind a dead one. */
        PARKED,
        /** Kept for a person, but holds up nothing: unknown types, messages for closed tickets, unreadable events. */
        KEPT,
        /** Tried again and settled; forgotten after 30 days. */
        REPLAYED,
        /** Given up by a named person; forgotten after 30 days. */
        DROPPED;

        /** Whether somebody may still act on it. */
        public boolean open() {
            return this == DEAD || this == PARKED || this == KEPT;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
