package io.roombridge.ticket;

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
    private static final Set<Reason> RELEASABLE =
            EnumSet.of(Reason.SUPPRESSED, Reason.ONBOARDING, Reason.SIGNAL_DISABLED);

    private Lifecycle() {}

    /**
     * @param known the ticket's record; empty for a ticket never seen
     * @param heldBack why an incident may not be created now, from admission
     * @param holdDown how long this signal must stay healthy before its recovery counts
     * @param now the bridge's clock, for records only
     */
    public static Step decide(
            Optional<Ticket> known,
            Change change,
            String instance,
            Optional<Reason> heldBack,
            Duration holdDown,
            Instant now) {
        Ticket ticket = known.orElseGet(() -> Ticket.born(change, instance, now));
        if (isConversation(change.kind())) {
            return converse(ticket, change, heldBack);
        }
        if (ticket.hasApplied(change.sequence())) {
            return stale(ticket, change);
        }
        Ticket seen = ticket.seeing(change);
        return ticket.current().isEmpty()
                ? withoutIncident(seen, ticket, change, heldBack, holdDown)
                : withIncident(seen, ticket, ticket.current().get(), change, holdDown);
    }

    /**
     * What is left of a step when the bridge's own command caused the change: its facts hold, but nothing is written that
     * repeats on the other side what came from there. A signal that turned unhealthy, or fields that changed, are the
     * portal's own word all the same.
     */
    public static Step ofOwnCommand(Step step) {
        boolean portalsWord = step instanceof Step.Relapse
                || step instanceof Step.Update
                || (step instanceof Step.Create && step.ticket().unhealthy());
        if (portalsWord) {
            return step;
        }
        boolean recovering = step instanceof Step.Create
                || (step instanceof Step.Settle settle && settle.outcome().reason() == Reason.HOLD_DOWN_STARTED);
        Ticket ticket = recovering ? step.ticket().withHoldDownUntil(Optional.empty()) : step.ticket();
        return new Step.Settle(ticket, new Outcome.Echo(Reason.OWN_WRITE));
    }

    /** A hold-down ran out. Empty when the ticket relapsed meanwhile or somebody else recovered it. */
    public static Optional<Step> recoveryDue(Ticket ticket, Instant now) {
        boolean due = !ticket.unhealthy()
                && ticket.holdDownUntil().filter(until -> !until.isAfter(now)).isPresent();
        return due
                ? ticket.current().map(current -> new Step.Recover(recovered(ticket), current, ticket.conditionSince()))
                : Optional.empty();
    }

    /** An incident that was held back may be created now (enrolled, unsuppressed). Empty when there is no need. */
    public static Optional<Step> reconsider(Ticket ticket) {
        boolean lifted = ticket.unhealthy()
                && ticket.current().isEmpty()
                && ticket.heldBack().filter(RELEASABLE::contains).isPresent()
                && !ticket.portal().suppressed()
                && ticket.portal().severity() != Severity.RECOMMENDED;
        return lifted ? Optional.of(new Step.Create(ticket.withHeldBack(Optional.empty()))) : Optional.empty();
    }

    private static boolean isConversation(Kind kind) {
        return kind == Kind.TICKET_MESSAGE_ADDED
                || kind == Kind.TICKET_REMEDIATION
                || kind == Kind.TICKET_ATTACHMENT_ADDED;
    }

    /** Messages apply once per id whatever their order; a ticket nobody has heard of gets its incident first. */
    private static Step converse(Ticket ticket, Change change, Optional<Reason> heldBack) {
        if (change.kind() == Kind.TICKET_ATTACHMENT_ADDED) {
            return new Step.Settle(ticket, new Outcome.Ignored(Reason.FILES_OFF));
        }
        Optional<Incident> current = ticket.current();
        if (current.isPresent()) {
            return new Step.Note(ticket, current.get());
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

    private static Step withoutIncident(
            Ticket seen, Ticket before, Change change, Optional<Reason> heldBack, Duration holdDown) {
        Ticket now = seen.withCondition(Ticket.conditionOf(seen.portal()), change.at());
        if (heldBack.isPresent()) {
            return new Step.Settle(now.withHeldBack(heldBack), new Outcome.Ignored(heldBack.get()));
        }
        if (now.unhealthy()) {
            return new Step.Create(now.withHeldBack(Optional.empty()));
        }
        // Only a ticket that nothing was known of: one that was held back and healed has nothing to show.
        boolean healedBeforeItWasSeen = before.appliedSequence().isEmpty()
                && (change.kind() == Kind.TICKET_RESOLVED || change.kind() == Kind.TICKET_CLOSED);
        return healedBeforeItWasSeen
                ? new Step.Create(now.withHoldDownUntil(Optional.of(change.at().plus(holdDown))))
                : new Step.Settle(now, new Outcome.Ignored(Reason.NOT_UNHEALTHY));
    }

    private static Step withIncident(Ticket seen, Ticket before, Incident current, Change change, Duration holdDown) {
        if (Ticket.conditionOf(seen.portal()) == Condition.HEALTHY) {
            return before.unhealthy()
                    ? recovering(seen, change, holdDown)
                    : new Step.Settle(seen, new Outcome.Delivered(Reason.ALREADY_AGREED));
        }
        boolean missedRecovery = seen.portal().occurrence() > before.portal().occurrence();
        if (before.unhealthy() && !missedRecovery) {
            return changing(seen, before, current, change);
        }
        Ticket unhealthy = seen.withCondition(Condition.UNHEALTHY, change.at()).withHoldDownUntil(Optional.empty());
        return before.holdDownUntil().isPresent()
                ? relapsedInHoldDown(unhealthy, before, current)
                : new Step.Relapse(unhealthy.withEpisode(before.episode() + 1), current);
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
                .withHoldDownUntil(Optional.of(change.at().plus(holdDown)));
        return new Step.Settle(held, new Outcome.Delivered(Reason.HOLD_DOWN_STARTED));
    }

    private static Step changing(Ticket seen, Ticket before, Incident current, Change change) {
        if (change.kind() == Kind.TICKET_STATUS_CHANGED) {
            return new Step.Note(seen, current);
        }
        boolean severityChanged = seen.portal().severity() != before.portal().severity();
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

    private static Ticket recovered(Ticket ticket) {
        return ticket.withHoldDownUntil(Optional.empty());
    }
}
