package io.roombridge.correlation;

import io.roombridge.ticket.Ticket;
import java.util.List;
import java.util.Optional;

/**
 * What ServiceNow told of one ticket, as the store is to know it again.
 *
 * @param ticket of version 0 where the store has none; otherwise at the version it was read with
 * @param written what the bridge wrote, by its reference; also texts of automation of which one entry has several
 * @param heard entries that need not be heard again
 * @param files that need not be carried again
 */
public record Recreated(Ticket ticket, List<Intent> written, List<HeardEntry> heard, List<Carried> files) {

    /**
     * A file that is on both sides.
     *
     * @param offer under the attachment's own id where it is ServiceNow's; otherwise see {@link #fromPortal}
     * @param sysId of the copy that the bridge made in ServiceNow; empty for a file that came from there
     * @param sha256 in lower-case hex; empty text where the instance does not tell
     */
    public record Carried(FileOffer offer, Optional<String> sysId, String sha256) {}

    /** The source of a copy of which it is not known which of the portal's files it is ({@link FileCopies#adopt}). */
    public static String fromPortal(String sysId) {
        return "rebuilt:" + sysId;
    }
}
