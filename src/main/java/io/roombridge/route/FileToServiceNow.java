package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.FileCopies;
import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.FileOffer;
import io.roombridge.files.Fetched;
import io.roombridge.files.FileName;
import io.roombridge.files.FilePolicy;
import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.files.FileType;
import io.roombridge.files.PortalContent;
import io.roombridge.files.Spool;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Reference;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings a file of the portal to its incident: policy, fetch, hash, upload, hash of what arrived. An upload whose answer
 * never came is looked for among the incident's files before it is made again.
 */
final class FileToServiceNow {

    private static final int MOST_ASKED = 5;
    private static final Duration PATIENCE_AFTER_ASKING = Duration.ofMinutes(30);

    private final CorrelationStore store;
    private final FileCopies copies;
    private final PortalContent content;
    private final Commands commands;
    private final FilePolicy policy;

    FileToServiceNow(
            CorrelationStore store, FileCopies copies, PortalContent content, Commands commands, FilePolicy policy) {
        this.store = store;
        this.copies = copies;
        this.content = content;
        this.commands = commands;
        this.policy = policy;
    }

    void carry(Desk desk, FileWork work, Spool.Place place) {
        FileOffer offer = work.job().offer();
        Optional<String> there = copies.adopt(
                work.job(), offer.sha256().or(() -> copies.hashOf(work.job())), FileName.safe(offer.name()));
        if (there.isPresent()) {
            work.becomes(work.job().done(work.now(), Reason.FILE_CARRIED, there, Optional.empty()));
            return;
        }
        FilePolicy.Decision decision = policy.judge(Direction.TO_SERVICENOW, offer.name(), offer.type(), offer.size());
        if (!decision.allowed()) {
            Reason reason = policy.allows() == FilePolicy.Allows.OFF ? Reason.FILES_OFF : Reason.FILE_REFUSED;
            work.becomes(FileNotes.refused(work.job(), work.now(), reason, decision.why()));
            return;
        }
        if (mayBeThere(work.job()) && alreadyThere(desk, work, decision)) {
            return;
        }
        if (offer.url().isEmpty()) {
            askAgain(work, "its address was forgotten when it was given up");
            return;
        }
        if (work.job().state() == FileJob.State.ASKED) {
            askAgain(work, "no fresh address came");
            return;
        }
        String sha256 = fetched(offer, place);
        if (copies.isEcho(offer, sha256)) {
            work.becomes(work.job().done(work.now(), Reason.OWN_WRITE, Optional.empty(), Optional.empty()));
            return;
        }
        upload(desk, work, place, sha256, decision);
    }

    /** @throws FileFault when what came is not what the event announced */
    private String fetched(FileOffer offer, Spool.Place place) {
        Fetched fetched = content.fetch(address(offer), place.file(), offer.size());
        if (fetched.size() != offer.size()
                || offer.sha256().filter(hash -> !hash.equals(fetched.sha256())).isPresent()) {
            throw new FileFault("its content is not the one that the portal announced");
        }
        return fetched.sha256();
    }

    private static URI address(FileOffer offer) {
        try {
            return new URI(offer.url().orElseThrow());
        } catch (URISyntaxException e) {
            throw new FileFault("its address is no URL", e);
        }
    }

    private void upload(Desk desk, FileWork work, Spool.Place place, String sha256, FilePolicy.Decision decision) {
        FileOffer offer = work.job().offer();
        work.becomes(work.job().uploading(work.certainAt()));
        work.copied(sha256);
        work.commit();
        FileRecord made;
        try {
            made = desk.gateway()
                    .files()
                    .upload(offer.incident(), FileName.safe(offer.name()), FileType.safe(offer.type()), place.file());
        } catch (ServiceNowFailure failure) {
            if (failure.nothingWritten()) {
                work.becomes(work.job().notUploaded());
            }
            throw failure;
        }
        if (made.size() != offer.size()
                || !made.hash().isEmpty() && !made.hash().equals(sha256)) {
            desk.gateway().files().delete(made.sysId());
            work.becomes(work.job().notUploaded());
            throw new FileFault("what arrived in ServiceNow was not what was sent, and was deleted again");
        }
        done(work, made.sysId(), decision);
    }

    /** Also a file that was given up in doubt and is tried again: its hash was recorded before it left. */
    private boolean mayBeThere(FileJob job) {
        return job.state() == FileJob.State.UPLOADING || copies.hashOf(job).isPresent();
    }

    /** Its hash is on record since before it left; a file that another job made is not it, whatever its content. */
    private boolean alreadyThere(Desk desk, FileWork work, FilePolicy.Decision decision) {
        FileOffer offer = work.job().offer();
        String sha256 = copies.hashOf(work.job()).orElse("");
        Optional<FileRecord> found = desk.gateway().files().list(List.of(offer.incident()), Instant.EPOCH).stream()
                .filter(file -> file.hash().isEmpty()
                        ? file.name().equals(FileName.safe(offer.name())) && file.size() == offer.size()
                        : file.hash().equals(sha256))
                .filter(file -> file.createdBy().equals(desk.user()))
                .filter(file -> !copies.knows(offer.instance(), file.sysId()))
                .findFirst();
        if (found.isEmpty()) {
            work.becomes(work.job().notUploaded());
            return false;
        }
        work.copied(sha256);
        done(work, found.get().sysId(), decision);
        return true;
    }

    private static void done(FileWork work, String sysId, FilePolicy.Decision decision) {
        Optional<String> note = decision.internal() ? Optional.of(FileNotes.internal(work.job())) : Optional.empty();
        work.becomes(work.job().done(work.now(), Reason.FILE_CARRIED, Optional.of(sysId), note));
    }

    /** The address is no longer valid, or the answer to the question for another did not come in time. */
    void askAgain(FileWork work, String why) {
        FileOffer offer = work.job().offer();
        if (!commands.on() || work.job().asked() >= MOST_ASKED) {
            work.becomes(FileNotes.refused(
                    work.job(), work.now(), Reason.FILE_EXPIRED, "its address in the portal is not valid any more"));
            return;
        }
        work.becomes(work.job().askingAgain(work.now().plus(PATIENCE_AFTER_ASKING), why));
        store.ticket(offer.tenant(), offer.instance(), offer.ticket())
                .ifPresent(ticket -> work.telling(
                        commands.about(ticket, commandId(work.job()), new Request.AttachmentUrl(offer.sourceId()))));
    }

    /** An attachment id of the portal may be longer than a command's id. */
    private static String commandId(FileJob job) {
        FileOffer offer = job.offer();
        ChangeId attachment = new ChangeId(offer.tenant() + "/" + offer.sourceId());
        return "rb-url-" + offer.instance() + "-"
                + Reference.of(attachment, job.asked()).value();
    }
}
