package io.roombridge.correlation;

import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file on its way, and how far it is.
 *
 * @param version of the row; every committed step raises it
 * @param tries failures in a row, whoever's fault; the measure of the next pause
 * @param ownFaults failures in a row that only this file met
 * @param failingSince when the first of those was
 * @param asked how often a fresh address was asked for
 * @param nextAt when it may be taken again, by the bridge's machine; an upload cut off is certain by then
 * @param remoteId what became of it on the other side: a sys_id, or the id of the command
 * @param reason why it did not travel, or travelled without anything to do
 * @param note a work note that has still to be written
 */
public record FileJob(
        long id,
        long version,
        FileOffer offer,
        State state,
        int tries,
        int ownFaults,
        Optional<Instant> failingSince,
        int asked,
        Instant nextAt,
        Optional<String> remoteId,
        Optional<Reason> reason,
        String detail,
        Optional<String> note) {

    /** How far it is. */
    public enum State {
        /** To be carried when its time comes. */
        WAITING,
        /** An upload to ServiceNow left, or is about to; without a result it may or may not have been done. */
        UPLOADING,
        /** The portal was asked for a fresh address. */
        ASKED,
        /** On the other side, or there already. */
        DONE,
        /** Does not travel; the reason says why. */
        REFUSED
    }

    /** As the row is after this step was committed. */
    public FileJob committed() {
        return new FileJob(
                id,
                version + 1,
                offer,
                state,
                tries,
                ownFaults,
                failingSince,
                asked,
                nextAt,
                remoteId,
                reason,
                detail,
                note);
    }

    /** The upload leaves now. */
    public FileJob uploading(Instant certainAt) {
        return with(State.UPLOADING, tries, ownFaults, failingSince, asked, certainAt, remoteId, reason, detail, note);
    }

    /** Not yet, and nobody's fault. */
    public FileJob waiting(Instant again, String why) {
        return with(State.WAITING, tries, ownFaults, failingSince, asked, again, remoteId, reason, why, note);
    }

    /** Failed; the state stays, as an upload that was cut off has to be looked for first. */
    public FileJob failed(boolean ownFault, Instant now, Duration pause, String why) {
        return with(
                state,
                tries + 1,
                ownFault ? ownFaults + 1 : 0,
                ownFault ? failingSince.or(() -> Optional.of(now)) : Optional.empty(),
                asked,
                now.plus(pause),
                remoteId,
                reason,
                why,
                note);
    }

    /** Certainly not uploaded, so it may be carried from the beginning. */
    public FileJob notUploaded() {
        return with(State.WAITING, tries, ownFaults, failingSince, asked, nextAt, remoteId, reason, detail, note);
    }

    public FileJob askingAgain(Instant patience, String why) {
        return with(State.ASKED, tries, ownFaults, failingSince, asked + 1, patience, remoteId, reason, why, note);
    }

    public FileJob done(Instant now, Reason because, Optional<String> remote, Optional<String> said) {
        return with(
                State.DONE, 0, 0, Optional.empty(), asked, now, remote, Optional.of(because), because.meaning(), said);
    }

    public FileJob refused(Instant now, Reason because, String why, String said) {
        return with(
                State.REFUSED,
                0,
                0,
                Optional.empty(),
                asked,
                now,
                remoteId,
                Optional.of(because),
                why,
                Optional.of(said));
    }

    public FileJob noted() {
        return with(state, 0, 0, Optional.empty(), asked, nextAt, remoteId, reason, detail, Optional.empty());
    }

    private FileJob with(
            State newState,
            int newTries,
            int newOwnFaults,
            Optional<Instant> newFailingSince,
            int newAsked,
            Instant newNextAt,
            Optional<String> newRemoteId,
            Optional<Reason> newReason,
            String newDetail,
            Optional<String> newNote) {
        return new FileJob(
                id,
                version,
                offer,
                newState,
                newTries,
                newOwnFaults,
                newFailingSince,
                newAsked,
                newNextAt,
                newRemoteId,
                newReason,
                newDetail,
                newNote);
    }
}
