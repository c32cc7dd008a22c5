package io.roombridge.adoption;

import io.roombridge.ticket.TicketId;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to become of a ticket of the export.
 *
 * @param incident the incident in question, where there is one
 * @param known the bridge's ticket, if it has heard of it
 * @param why one clause for people
 */
public record Match(
        ExportedTicket ticket,
        Verdict verdict,
        Optional<Doubt> doubt,
        Optional<NativeIncident> incident,
        Optional<TicketId> known,
        String why) {

    /** What is to become of it. */
    public enum Verdict {
        /** Its incident is taken over. */
        CERTAIN,
        /** A person decides; until then the ticket gets no incident. */
        UNCERTAIN,
        /** There is nothing to take over. */
        NOTHING,
        /** It was taken over before. */
        ALREADY;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
