package io.roombridge.correlation;

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
        Lane lane,
        State state,
        Reason reason,
        String detail,
        String payload,
        int attempts,
        Instant at) {

    /** How it takes part in the order of its ticket. */
    public enum State {
        /** A person has to act; holds up its lane. */
        DEAD,
        /** Waits in order behind a dead one. */
        PARKED,
        /** Kept for a person, but holds up nothing: unknown types, messages for closed tickets, unreadable events. */
        KEPT;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
