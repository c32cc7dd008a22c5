package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.FileCopies;
import io.roombridge.correlation.FileOffer;
import io.roombridge.files.FileName;
import io.roombridge.files.FilePolicy;
import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.files.FileType;
import io.roombridge.files.PortalContent;
import io.roombridge.files.Spool;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.Received;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings a file of an incident to the portal: policy, virus scan, download, hash, put, and the command that tells the
 * relay where it lies. Nothing here is ambiguous: putting a content again replaces it, and the command has one id.
 */
final class FileToPortal {

    /** A scan takes about a second. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private final CorrelationStore store;
    private final FileCopies copies;
    private final PortalContent content;
    private final Commands commands;
    private final FileRules rules;

    FileToPortal(CorrelationStore store, FileCopies copies, PortalContent content, Commands commands, FileRules rules) {
        this.store = store;
        this.copies = copies;
        this.content = content;
        this.commands = commands;
        this.rules = rules;
    }

    void carry(Desk desk, FileWork work, Spool.Place place) {
        FileOffer offer = work.job().offer();
        Optional<FileRecord> found = desk.gateway().files().find(offer.sourceId());
        Optional<Ticket> ticket = store.ticket(offer.tenant(), offer.instance(), offer.ticket());
        if (found.isEmpty() || ticket.isEmpty()) {
            work.becomes(work.job().done(work.now(), Reason.RECORD_GONE, Optional.empty(), Optional.empty()));
            return;
        }
        if (!ticket.get().portal().named()) {
            refuse(work, Reason.NOT_IN_PORTAL, Reason.NOT_IN_PORTAL.meaning());
            return;
        }
        if (isEcho(work, found.get().hash()) || isRefused(work, found.get()) || isPending(work, found.get())) {
            return;
        }
        Received received = desk.gateway()
                .files()
                .download(offer.sourceId(), place.file(), found.get().size());
        if (received.size() != found.get().size()
                || !found.get().hash().isEmpty() && !found.get().hash().equals(received.sha256())) {
            throw new FileFault("what came from ServiceNow is not the content that it describes");
        }
        if (!isEcho(work, received.sha256())) {
            put(work, place, ticket.get(), received);
        }
    }

    private void put(FileWork work, Spool.Place place, Ticket ticket, Received received) {
        FileOffer offer = work.job().offer();
        String id = Commands.file(offer.instance(), offer.sourceId());
        String name = FileName.safe(offer.name());
        String type = FileType.safe(offer.type());
        // Whoever sends the events chooses the tenant's name, and must not choose the folder.
        URI url = content.put(FileName.safe(offer.tenant()) + "/" + id + "/" + name, type, place.file());
        Request add = new Request.AttachmentAdd(name, type, received.size(), received.sha256(), url.toString());
        work.telling(commands.about(ticket, id, add));
        work.becomes(work.job().done(work.now(), Reason.FILE_CARRIED, Optional.of(id), Optional.empty()));
        work.copied(received.sha256());
    }

    private boolean isEcho(FileWork work, String sha256) {
        if (!copies.isEcho(work.job().offer(), sha256)) {
            return false;
        }
        work.becomes(work.job().done(work.now(), Reason.OWN_WRITE, Optional.empty(), Optional.empty()));
        return true;
    }

    private boolean isRefused(FileWork work, FileRecord file) {
        FilePolicy policy = rules.toPortal();
        FilePolicy.Decision decision = policy.judge(Direction.TO_PORTAL, file.name(), file.type(), file.size());
        if (!commands.on()) {
            refuse(work, Reason.COMMANDS_OFF, "this configuration sends nothing to the portal");
        } else if (!decision.allowed()) {
            boolean off = policy.allows() == FilePolicy.Allows.OFF;
            refuse(work, off ? Reason.FILES_OFF : Reason.FILE_REFUSED, decision.why());
        } else if (!content.takesContents()) {
            refuse(work, Reason.FILES_OFF, "no place for contents is configured (roombridge.files.content-url)");
        } else if (file.state() == FileRecord.State.NOT_AVAILABLE) {
            refuse(work, Reason.FILE_NOT_SCANNED, "ServiceNow's virus scan does not let it through");
        } else {
            return false;
        }
        return true;
    }

    /** Also a file whose instance says nothing of scans is left alone until a scan would be over. */
    private boolean isPending(FileWork work, FileRecord file) {
        Instant offered = work.job().offer().at();
        boolean settling =
                file.state() == FileRecord.State.UNKNOWN && work.now().isBefore(offered.plus(LOOK_AGAIN));
        if (file.state() != FileRecord.State.PENDING && !settling) {
            return false;
        }
        if (work.now().isBefore(offered.plus(rules.scanPatience()))) {
            work.becomes(work.job().waiting(work.now().plus(LOOK_AGAIN), "its virus scan has not ended"));
        } else {
            refuse(work, Reason.FILE_NOT_SCANNED, "ServiceNow's virus scan of it did not end");
        }
        return true;
    }

    private static void refuse(FileWork work, Reason reason, String why) {
        work.becomes(FileNotes.refused(work.job(), work.now(), reason, why));
    }
}
