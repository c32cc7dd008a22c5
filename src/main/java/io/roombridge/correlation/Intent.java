package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.TicketId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A write the bridge is about to make, committed before it leaves (design, section 3.3). An intent without a result means
 * that a write may or may not have happened.
 *
 * @param cause the change that needs the write
 * @param effect which of the cause's writes, from 1
 * @param target the sys_id to be written to; empty for a new incident
 * @param reference the mark by which the write can be found again
 * @param bodyHash of the note it carries, without the reference; empty for a write without a note
 * @param openedAt by the machine's clock
 * @param remoteId the record that was written, once known
 */
public record Intent(
        String id,
        String tenant,
        String instance,
        TicketId ticket,
        ChangeId cause,
        int effect,
        Kind kind,
        Optional<String> target,
        String reference,
        Optional<String> bodyHash,
        Instant openedAt,
        Optional<Result> result,
        Optional<String> remoteId) {

    /**
     * How long after its opening an open intent may still be at work: 5 s until the call, 5 s until it leaves or is given
     * up, 5 s to connect, and 60 s until the instance has answered or cancelled.
     */
    public static final Duration SETTLE_AFTER = Duration.ofSeconds(75);

    /** A write must leave within this time of its intent's commit; a later one needs a new intent. */
    public static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

    /** What is written. */
    public enum Kind {
        /** A new incident; found again by its correlation id. */
        CREATE,
        /** A new incident that follows a closed one; found again by correlation id and parent. */
        FOLLOW_UP,
        /** Resolving the incident; found again by its state. */
        RESOLVE,
        /** Resolving the incident for inactivity, with a note; found again by the note's reference. */
        CLOSE,
        /** Reopening the incident with a note; found again by the note's reference. */
        REOPEN,
        /** Fields with a note; found again by the note's reference. */
        UPDATE,
        /** A comment or work note alone; found again by its reference. */
        NOTE;

        /**
         * Whether an incident in this state is as the write leaves it. Otherwise the state is a person's, who was quicker or
         * came after it, and is still to be told.
         */
        public boolean leaves(IncidentState state) {
            return switch (this) {
                case RESOLVE, CLOSE -> state == IncidentState.RESOLVED;
                case REOPEN -> state == IncidentState.NEW || state == IncidentState.IN_PROGRESS;
                case CREATE, FOLLOW_UP, UPDATE, NOTE -> false;
            };
        }

        /** Whether an incident comes into being. */
        public boolean creates() {
            return this == CREATE || this == FOLLOW_UP;
        }
    }

    /** How an intent ended. */
    public enum Result {
        DONE,
        NOT_DONE
    }

    public boolean open() {
        return result.isEmpty();
    }

    /** When it may be settled by looking, at the earliest. */
    public Instant settleAt() {
        return openedAt.plus(SETTLE_AFTER);
    }
}
