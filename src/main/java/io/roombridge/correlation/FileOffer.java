package io.roombridge.correlation;

import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.privacy.Privacy;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that one side has and the other may get. Offering it again changes nothing, except that a fresh address for a
 * file whose address had expired lets its job go on.
 *
 * @param sourceId the portal's attachment id, or the sys_id of the attachment in ServiceNow
 * @param cause the event or reading that told of it
 * @param incident the sys_id of the incident that has it, or gets it
 * @param name as it was given, not made safe
 * @param size in bytes, as announced
 * @param sha256 in lower-case hex, as announced; empty where nothing was
 * @param url where the portal's content lies; empty for a file of ServiceNow
 * @param at by the bridge's machine
 */
public record FileOffer(
        String tenant,
        String instance,
        Direction direction,
        String sourceId,
        ChangeId cause,
        TicketId ticket,
        String portalTicketId,
        String incident,
        String name,
        String type,
        long size,
        Optional<String> sha256,
        Optional<String> url,
        Instant at) {

    public FileOffer {
        name = Privacy.fileName(name);
        sha256 = sha256.filter(hash -> !hash.isBlank()).map(hash -> hash.toLowerCase(Locale.ROOT));
    }
}
