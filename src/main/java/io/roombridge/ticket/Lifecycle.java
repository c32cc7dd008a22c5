package io.roombridge.ticket;

import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.Ticket.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a change of a ticket asks for. Pure: it sees the ticket's record and the change, never the instance; where the
 * incident's present state decides (people first), the step says so and the write path reads it.
 *
 * <p>The rules are those of the design, sections 3.3, 3.7 and 3.8.
 */
public final class Lifecycle {

    /** What a later statement about the room can lift; a recommendation stays one. */
    private static final Set<Reason> RELEASABLE = EnumSet.of(
            Reason.SUPPRESSED,
            Reason.ONBOARDING,
            Reason.SIGNAL_DISABLED,
            Reason.OFFLINE,
            Reason.UNENROLLED,
            Reason.SHADOW,
            Reason.OUT_OF_SCOPE,
            Reason.ADOPTING);

    private Lifecycle() {}

    /**
     * @param known the ticket's record; empty for a ticket never seen
     * @param around what is known around the ticket, from statements and other tickets
     * @param now the bridge's clock
     */
    public static Step decide(
            Optional<Ticket> known, Change change, String instance, Surroundings around, Instant now) {
        Ticket ticket = known.map(read -> around.mark(read, now)).orElseGet(() -> Ticket.born(change, instance, now));
        if (isConversation(change.kind())) {
            return converse(ticket, change, around.heldBack());
        }
        boolean overtaken =
                change.kind() == Kind.DEVICE_HEALTH_CHANGED && change.at().isBefore(ticket.portalAt());
        if (ticket.hasApplied(change.sequence()) || overtaken) {
            return stale(ticket, change);
        }
        Ticket seen = ticket.seeing(change);
        return ticket.current().isEmpty()
                ? withoutIncident(seen, ticket, change, around, now)
                : withIncident(seen, ticket, ticket.current().get(), change, around);
    }

    /**
     * What is left of a step when the bridge's own command caused the change: its facts hold, but nothing is written that
     * repeats on the other side what came from there. A signal that turned unhealthy, or fields that changed, are the
     * portal's own word all the same.
     */
    public static Step ofOwnCommand(Step step) {
        boolean portalsWord = step instanceof Step.Relapse
                || step instanceof Step.Update
                || step instanceof Step.Heard
                || (step instanceof Step.Create && step.ticket().unhealthy());
        if (portalsWord) {
            return step;
        }
        boolean recovering = step instanceof Step.Create
                || (step instanceof Step.Settle settle && settle.outcome().reason() == Reason.HOLD_DOWN_STARTED);
        Ticket ticket = recovering ? step.ticket().withHoldDownUntil(Optional.empty()) : step.ticket();
        return new Step.Settle(ticket, new Outcome.Echo(Reason.OWN_WRITE));
    }

    /**
     * A person resolved the incident. If the signal is still unhealthy, that is agreed: only a person, a higher occurrence
     * or a higher severity opens it again. After a grace one note says that it is still unhealthy.
     *
     * @param quiet whether the close code asks for quiet until the signal was healthy once ("Duplicate")
     * @param now the bridge's clock
     */
    public static Ticket agentResolved(Ticket ticket, String sysId, boolean quiet, Surroundings around, Instant now) {
        Ticket resolved = ticket.withIncident(sysId, known -> known.withState(IncidentState.RESOLVED))
                .without(Appointment.OUT_OF_SIGHT)
                .without(Appointment.UNENROLMENT);
        if (ticket.rebuilt().isPresent()) {
            return resolved.withQuietUntilHealthy(quiet)
                    .withRebuilt(ticket.rebuilt().map(mark -> mark.overSince(now)));
        }
        if (!ticket.unhealthy()) {
            return resolved.without(Appointment.GRACE);
        }
        return quiet
                ? resolved.withQuietUntilHealthy(true).without(Appointment.GRACE)
                : resolved.withQuietUntilHealthy(false).appointed(Appointment.GRACE, now.plus(around.grace()));
    }

    /**
     * An incident that was held back may be created now (enrolled, unsuppressed, seen again), or one that was resolved
     * because its device was removed is needed again. Empty when there is no need.
     */
    public static Optional<Step> reconsider(Ticket ticket) {
        boolean lifted = ticket.portal().state().unhealthy()
                && ticket.heldBack().filter(RELEASABLE::contains).isPresent()
                && ticket.portal().severity() != Severity.RECOMMENDED;
        if (!lifted) {
            return Optional.empty();
        }
        Ticket released = ticket.withHeldBack(Optional.empty());
        if (ticket.current().isEmpty()) {
            return ticket.unhealthy() ? Optional.of(new Step.Create(released)) : Optional.empty();
        }
        return ticket.unhealthy()
                ? Optional.empty()
                : Optional.of(new Step.Relapse(
                        released.withCondition(Condition.UNHEALTHY, released.portalAt())
                                .relapsed(),
                        ticket.current().get()));
    }

    private static boolean isConversation(Kind kind) {
        return kind == Kind.TICKET_MESSAGE_ADDED
                || kind == Kind.TICKET_REMEDIATION
                || kind == Kind.TICKET_ATTACHMENT_ADDED;
    }

    /**
     * Messages and files apply once per id whatever their order; a ticket nobody has heard of gets its incident first. A
     * suppressed ticket hears people only, and takes files.
     */
    private static Step converse(Ticket ticket, Change change, Optional<Reason> heldBack) {
        Optional<Incident> current = ticket.current();
        if (current.isPresent()) {
            if (change.kind() == Kind.TICKET_ATTACHMENT_ADDED) {
                return new Step.Settle(ticket, new Outcome.Delivered(Reason.FILE_ACCEPTED));
            }
            boolean human = change.detail() instanceof Detail.Message message && message.human();
            return ticket.silence().isPresent() && !human
                    ? new Step.Settle(ticket, new Outcome.Ignored(Reason.SUPPRESSED))
                    : new Step.Note(ticket, current.get());
        }
        if (heldBack.isPresent()) {
            return new Step.Settle(ticket.withHeldBack(heldBack), new Outcome.Ignored(heldBack.get()));
        }
        return ticket.unhealthy()
                ? new Step.Create(ticket)
                : new Step.Settle(ticket, new Outcome.Ignored(Reason.NO_INCIDENT));
    }

    private static Step stale(Ticket ticket, Change change) {
        Reason reason = change.kind() == Kind.TICKET_OPENED ? Reason.ALREADY_OPEN : Reason.STALE;
        return new Step.Settle(ticket, new Outcome.Duplicate(reason));
    }

    private static Step withoutIncident(Ticket seen, Ticket before, Change change, Surroundings around, Instant clock) {
        Ticket now = seen.withCondition(Ticket.conditionOf(seen.portal()), change.at());
        Optional<Reason> heldBack = around.heldBack();
        if (heldBack.isPresent()) {
            return new Step.Settle(around.mark(now.withHeldBack(heldBack), clock), new Outcome.Ignored(heldBack.get()));
        }
        if (now.unhealthy()) {
            return new Step.Create(now.withHeldBack(Optional.empty()));
        }
        // Only a ticket that nothing was known of: one that was held back and healed has nothing to show.
        boolean healedBeforeItWasSeen = before.appliedSequence().isEmpty()
                && (change.kind() == Kind.TICKET_RESOLVED || change.kind() == Kind.TICKET_CLOSED);
        return healedBeforeItWasSeen
                ? new Step.Create(now.withHoldDownUntil(Optional.of(change.at().plus(around.holdDown()))))
                : new Step.Settle(now, new Outcome.Ignored(Reason.NOT_UNHEALTHY));
    }

    private static Step withIncident(Ticket seen, Ticket before, Incident current, Change change, Surroundings around) {
        boolean healthy = Ticket.conditionOf(seen.portal()) == Condition.HEALTHY;
        if (healthy
                && before.unhealthy()
                && !around.absorbable()
                && !around.sight().believes(change.at())) {
            return new Step.Settle(seen, new Outcome.Ignored(Reason.OFFLINE));
        }
        if (before.rebuilt().isPresent()) {
            return before.rebuilt().get().follow(seen, before, current, change);
        }
        if (before.silence().isPresent()) {
            return new Step.Settle(unheard(seen, before, change), new Outcome.Ignored(Reason.SUPPRESSED));
        }
        if (healthy) {
            return before.unhealthy()
                    ? recovering(seen, change, around.holdDown())
                    : new Step.Settle(seen, new Outcome.Delivered(Reason.ALREADY_AGREED));
        }
        boolean retired = !before.unhealthy()
                && around.heldBack()
                        .filter(reason -> reason == Reason.UNENROLLED)
                        .isPresent();
        if (retired) {
            return new Step.Settle(seen, new Outcome.Ignored(Reason.UNENROLLED));
        }
        return unhealthy(seen, before, current, change);
    }

    /** The condition follows the portal; everything else is looked at when the ticket is heard again. */
    private static Ticket unheard(Ticket seen, Ticket before, Change change) {
        Condition told = Ticket.conditionOf(seen.portal());
        return told == before.condition() ? seen : seen.withCondition(told, change.at());
    }

    private static Step unhealthy(Ticket seen, Ticket before, Incident current, Change change) {
        // How often the portal has counted is not known before it named its ticket.
        boolean again = before.portal().named()
                && seen.portal().occurrence() > before.portal().occurrence();
        boolean resolved = current.state() == IncidentState.RESOLVED;
        if (before.unhealthy() && (!again || (resolved && before.quietUntilHealthy()))) {
            return changing(seen, before, current, change);
        }
        Ticket unhealthy = seen.withCondition(Condition.UNHEALTHY, change.at()).withHoldDownUntil(Optional.empty());
        boolean proving = before.holdDownUntil().isPresent();
        // What a person resolved before the hold-down ended is nobody's any more: a new stretch has to be seen again.
        return proving && !(resolved && again && !before.quietUntilHealthy())
                ? relapsedInHoldDown(unhealthy, before, current)
                : new Step.Relapse(unhealthy.relapsed(), current);
    }

    /** Writes nothing, unless the signal came back worse. */
    private static Step relapsedInHoldDown(Ticket unhealthy, Ticket before, Incident current) {
        return unhealthy.portal().severity().worseThan(before.portal().severity())
                ? new Step.Update(
                        unhealthy, current, Optional.of(before.portal().severity()))
                : new Step.Settle(unhealthy, new Outcome.Ignored(Reason.RELAPSE_IN_HOLD_DOWN));
    }

    private static Step recovering(Ticket seen, Change change, Duration holdDown) {
        Ticket held = seen.withCondition(Condition.HEALTHY, change.at())
                .withHoldDownUntil(Optional.of(change.at().plus(holdDown)))
                .without(Appointment.GRACE);
        return new Step.Settle(held, new Outcome.Delivered(Reason.HOLD_DOWN_STARTED));
    }

    /** A resolved incident of an unhealthy signal is agreed; only a higher severity is worth telling. */
    private static Step changing(Ticket seen, Ticket before, Incident current, Change change) {
        boolean resolved = current.state() == IncidentState.RESOLVED;
        Severity severity = seen.portal().severity();
        boolean worse = severity.worseThan(before.portal().severity());
        if (resolved && (!worse || before.quietUntilHealthy())) {
            return new Step.Settle(seen, new Outcome.Delivered(Reason.ALREADY_AGREED));
        }
        if (change.kind() == Kind.TICKET_STATUS_CHANGED && !resolved) {
            return new Step.Note(seen, current);
        }
        boolean severityChanged = severity != before.portal().severity();
        boolean retitled = !seen.portal().title().equals(before.portal().title());
        if (severityChanged || retitled) {
            return new Step.Update(
                    seen, current, severityChanged ? Optional.of(before.portal().severity()) : Optional.empty());
        }
        return new Step.Settle(
                seen,
                change.kind() == Kind.TICKET_OPENED || change.kind() == Kind.TICKET_REOPENED
                        ? new Outcome.Duplicate(Reason.ALREADY_OPEN)
                        : new Outcome.Delivered(Reason.ALREADY_AGREED));
    }
}
