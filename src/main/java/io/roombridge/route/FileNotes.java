package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.FileOffer;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.files.FileName;
import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.files.FileSize;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The work note that stands in for a file that does not travel, or says that a log bundle is for the desk only. Each is
 * an effect of its job, found again by its own reference, so that there is one however often the job is taken up.
 */
final class FileNotes {

    static final String RULE = "file";

    private final CorrelationStore store;
    private final Effects effects;
    private final Settlement settlement;

    FileNotes(CorrelationStore store, Effects effects, Settlement settlement) {
        this.store = store;
        this.effects = effects;
        this.settlement = settlement;
    }

    static FileJob refused(FileJob job, Instant now, Reason reason, String why) {
        return job.refused(now, reason, why, standingIn(job.offer(), why));
    }

    private static String standingIn(FileOffer offer, String why) {
        String what = offer.direction() == Direction.TO_SERVICENOW
                ? "The file %s of the Teams Rooms portal was not attached: %s. It can be seen in the portal."
                : "The file %s was not sent to the Teams Rooms portal: %s.";
        return harmless(what.formatted(named(offer), why));
    }

    static String internal(FileJob job) {
        return harmless(
                "The file %s of the Teams Rooms portal is a log bundle. It may hold names, addresses and hosts: for internal use."
                        .formatted(named(job.offer())));
    }

    private static String named(FileOffer offer) {
        return "\"" + FileName.safe(offer.name()) + "\" (" + FileSize.of(offer.size()) + ")";
    }

    /** ServiceNow shows what stands between these marks as HTML. */
    private static String harmless(String text) {
        return text.replaceAll("(?i)\\[(/?)code\\]", "($1code)");
    }

    /** Writes the note that is due, and records that it was. */
    void write(Desk desk, FileWork work) {
        FileJob job = work.job();
        FileOffer offer = job.offer();
        Optional<Ticket> known = store.ticket(offer.tenant(), offer.instance(), offer.ticket());
        if (known.isEmpty()) {
            work.becomes(job.noted());
            work.commit();
            return;
        }
        Cause cause = cause(offer, known.get());
        Ticket before = settlement.settle(desk, known.get(), cause);
        String text = job.note().orElseThrow();
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                new Effects.Write(1, Intent.Kind.NOTE, Optional.of(offer.incident()), Optional.of(text)),
                ref -> desk.gateway().update(offer.incident(), Map.of(IncidentText.WORK_NOTES, ref.signing(text))));
        work.becomes(job.noted());
        try {
            work.commit(new Commit()
                    .ticket(written.ticket())
                    .settling(List.of(written.settled()))
                    .history(List.of(new HistoryEntry(work.now(), cause.id(), RULE, text))));
        } catch (VersionMoved moved) {
            // The note is written and its intent says so; only the rest is recorded another time.
            store.commit(new Commit().settling(List.of(written.settled())));
            work.becomes(job);
            throw moved;
        }
    }

    private static Cause cause(FileOffer offer, Ticket ticket) {
        return Cause.ofRule(RULE, ticket, offer.direction().name() + "/" + offer.sourceId());
    }
}
