package io.roombridge.correlation;

import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Locale;

/**
 * A comment or work note that was read in ServiceNow, and what became of it.
 *
 * @param sysId of the row of {@code sys_journal_field}, or a stable stand-in where the table may not be read
 * @param comment whether it stands in {@code comments}, otherwise in {@code work_notes}
 * @param fromDisplay whether it was parsed from what the incident shows, so that its sys_id is a stand-in
 * @param createdOn by the instance's clock, to the second
 * @param heardAt by the bridge's clock
 */
public record HeardEntry(
        String instance,
        String sysId,
        String tenant,
        TicketId ticket,
        String incident,
        boolean comment,
        boolean fromDisplay,
        Origin origin,
        Outcome outcome,
        Instant createdOn,
        Instant heardAt) {

    /** Who wrote it. */
    public enum Origin {
        BRIDGE,
        PERSON,
        PLATFORM;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
