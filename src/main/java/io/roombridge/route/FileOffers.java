package io.roombridge.route;

import io.roombridge.correlation.FileOffer;
import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one side has for the other: the offers that begin the jobs of files. */
public final class FileOffers {

    private FileOffers() {}

    /** The file of an event whose ticket has its incident, with or without this event; none for any other event. */
    static List<FileOffer> of(Change change, Done done, Instant now) {
        Optional<Incident> incident = done.ticket().flatMap(Ticket::current);
        if (!(change.detail() instanceof Detail.Attachment file)
                || !(done.outcome() instanceof Outcome.Delivered)
                || incident.isEmpty()) {
            return List.of();
        }
        Ticket ticket = done.ticket().orElseThrow();
        return List.of(new FileOffer(
                ticket.tenant(),
                ticket.instance(),
                Direction.TO_SERVICENOW,
                file.attachmentId(),
                change.id(),
                ticket.id(),
                ticket.portal().portalTicketId(),
                incident.get().sysId(),
                file.fileName(),
                file.contentType(),
                file.sizeBytes(),
                file.sha256(),
                Optional.of(file.downloadUrl()),
                now));
    }

    /**
     * A file that was seen at an incident. The bridge's own copies may be offered like any other; they are known again.
     *
     * @param now by the bridge's machine
     */
    public static FileOffer of(Ticket ticket, FileRecord file, Instant now) {
        return new FileOffer(
                ticket.tenant(),
                ticket.instance(),
                Direction.TO_PORTAL,
                file.sysId(),
                new ChangeId("/servicenow/" + ticket.instance() + "/sys_attachment#" + file.sysId()),
                ticket.id(),
                ticket.portal().portalTicketId(),
                file.incident(),
                file.name(),
                file.type(),
                file.size(),
                Optional.of(file.hash()),
                Optional.empty(),
                now);
    }
}
