package io.roombridge.ticket;

import io.roombridge.ticket.Ticket.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known around a ticket when something is decided for it. Statements about signals and devices arrive in any order
 * and more than once, so a ticket never follows a statement: it is compared with what all of them together say, by their
 * times ({@link #mark}).
 *
 * @param heldBack why a new incident may not be created now
 * @param suppressedSince since when the signal or its device is suppressed; empty when it is heard
 * @param suppressedUntil when that lapses by itself, if it does
 * @param unenrolledSince since when the device is removed
 * @param sight whether the portal sees what this signal is about
 * @param absorbable whether Offline says all that this signal says: its recovery then waits for that of Offline
 * @param offlineNumber the number of Offline's incident, where it is to be named
 * @param holdDown how long a recovery of this signal has to hold
 * @param detection the longest time from a fault to this signal being unhealthy
 */
public record Surroundings(
        Optional<Reason> heldBack,
        Optional<Instant> suppressedSince,
        Optional<Instant> suppressedUntil,
        Optional<Instant> unenrolledSince,
        Sight sight,
        boolean absorbable,
        Optional<String> offlineNumber,
        Duration holdDown,
        Duration detection) {

    /** A room may be rebuilt in a day, and its device come back. */
    private static final Duration UNENROLMENT_HOLDS = Duration.ofHours(24);

    private static final Duration LEAST_GRACE = Duration.ofHours(4);

    /** Nothing is stated, and the portal sees the device. */
    public static Surroundings quiet(Duration holdDown, Duration detection) {
        return new Surroundings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Sight.CLEAR,
                false,
                Optional.empty(),
                holdDown,
                detection);
    }

    public boolean suppressed() {
        return suppressedSince.isPresent();
    }

    /** How long an agent's resolution of an unhealthy signal is left alone: two detections of a fault, at least 4 h. */
    Duration grace() {
        Duration twice = detection.multipliedBy(2);
        return twice.compareTo(LEAST_GRACE) > 0 ? twice : LEAST_GRACE;
    }

    /**
     * The ticket with the marks and appointments that these surroundings ask for. Doing it again changes nothing, so a
     * repeated or late statement does not either. A rebuilt ticket is marked when it has caught up.
     */
    public Ticket mark(Ticket ticket, Instant now) {
        return ticket.rebuilt().isPresent() ? ticket : unenrolment(sight(suppression(ticket, now), now));
    }

    private Ticket suppression(Ticket ticket, Instant now) {
        boolean silent = ticket.silence().isPresent();
        if (suppressed() && !silent && ticket.current().isPresent()) {
            return ticket.silenced(suppressedSince.get()).appointed(Appointment.SUPPRESSION, now);
        }
        boolean heldBackByIt =
                ticket.heldBack().filter(reason -> reason == Reason.SUPPRESSED).isPresent();
        if (!suppressed() && (silent || heldBackByIt)) {
            return ticket.appointedBy(Appointment.SUPPRESSION, now);
        }
        return suppressed() && suppressedUntil.isPresent() && (silent || heldBackByIt)
                ? ticket.appointedBy(Appointment.SUPPRESSION, suppressedUntil.get())
                : ticket;
    }

    /** A suppressed ticket is told nothing; what is to be known of its sight is looked at when it is heard again. */
    private Ticket sight(Ticket ticket, Instant now) {
        boolean marked = ticket.outOfSightSince().isPresent();
        if (!sight.lost()) {
            return marked ? ticket.withOutOfSight(Optional.empty()).without(Appointment.OUT_OF_SIGHT) : ticket;
        }
        if (marked || ticket.silence().isPresent() || !ticket.hasActiveIncident()) {
            return ticket;
        }
        Ticket lost = ticket.withOutOfSight(sight.lostSince()).appointed(Appointment.OUT_OF_SIGHT, now);
        return absorbable || lost.unhealthy() ? lost : disbelieved(lost);
    }

    /** A recovery that had not held when the device went out of sight: only the portal's repetition makes it count. */
    Ticket disbelieved(Ticket ticket) {
        return ticket.withCondition(Condition.UNHEALTHY, sight.lostSince().orElse(ticket.conditionSince()))
                .without(Appointment.RECOVERY);
    }

    private Ticket unenrolment(Ticket ticket) {
        boolean told =
                ticket.heldBack().filter(reason -> reason == Reason.UNENROLLED).isPresent();
        if (unenrolledSince.isEmpty()) {
            Ticket back = ticket.without(Appointment.UNENROLMENT);
            return told && ticket.hasActiveIncident() ? back.withHeldBack(Optional.empty()) : back;
        }
        return ticket.hasActiveIncident() && ticket.silence().isEmpty() && !told
                ? ticket.appointed(
                        Appointment.UNENROLMENT, unenrolledSince.get().plus(UNENROLMENT_HOLDS))
                : ticket;
    }
}
