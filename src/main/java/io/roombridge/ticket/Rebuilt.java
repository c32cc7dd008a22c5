package io.roombridge.ticket;

import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.Ticket.Condition;
import java.time.Instant;
import java.util.Optional;

/**
 * The mark of a ticket that came back from ServiceNow, because the store was lost or is older than the world (design,
 * section 3.2). The hub tells its past again, in the old order; a state of the past must not be written over the present.
 * So its record follows and its incident does not, until the hub is read beyond the moment of the rebuild. Then the latest
 * state is applied once.
 *
 * @param at when it was rebuilt, by the bridge's clock
 * @param followed whether the portal has said anything of the ticket since; until then there is no state to apply
 * @param over since when its newest incident has been resolved, closed or canceled; empty while that is active
 */
public record Rebuilt(Instant at, boolean followed, Optional<Instant> over) {

    /** A person resolved the incident meanwhile. */
    Rebuilt overSince(Instant now) {
        return new Rebuilt(at, followed, over.or(() -> Optional.of(now)));
    }

    /** What was written before the rebuild is found by its reference, so notes are passed on; states are not. */
    Step follow(Ticket seen, Ticket before, Incident current, Change change) {
        Condition told = Ticket.conditionOf(seen.portal());
        boolean begins = change.kind() == Kind.TICKET_OPENED || change.kind() == Kind.TICKET_REOPENED;
        Ticket followed = (told == before.condition() && !begins ? seen : seen.withCondition(told, change.at()))
                .withRebuilt(Optional.of(new Rebuilt(at, true, over)))
                .appointedBy(Appointment.CATCH_UP, change.at());
        return change.kind() == Kind.TICKET_STATUS_CHANGED
                        && followed.unhealthy()
                        && current.state().active()
                ? new Step.Note(followed, current)
                : new Step.Settle(followed, new Outcome.Ignored(Reason.CATCHING_UP));
    }

    /** The hub is read beyond the rebuild: what the latest state asks for. */
    Step caughtUp(Ticket ticket, Surroundings around, Instant now) {
        if (!followed) {
            return new Step.Settle(ticket.without(Appointment.CATCH_UP), new Outcome.Ignored(Reason.CATCHING_UP));
        }
        Incident current = ticket.current().orElseThrow();
        Ticket after = marked(ticket, around, now);
        if (after.silence().isPresent()) {
            return new Step.Settle(after, new Outcome.Ignored(Reason.SUPPRESSED));
        }
        if (!after.unhealthy()) {
            return current.state().active()
                    ? new Step.Settle(
                            after.withHoldDownUntil(
                                    Optional.of(after.conditionSince().plus(around.holdDown()))),
                            new Outcome.Delivered(Reason.HOLD_DOWN_STARTED))
                    : new Step.Settle(after, new Outcome.Delivered(Reason.ALREADY_AGREED));
        }
        if (!current.state().active() && relapsed(after)) {
            return new Step.Relapse(after.relapsed(), current);
        }
        return current.state().active()
                ? new Step.Update(after, current, Optional.empty())
                : new Step.Settle(inGrace(after, current, around, now), new Outcome.Delivered(Reason.ALREADY_AGREED));
    }

    /** A resolved incident of an unhealthy signal is agreed, unless the stretch is a later one. */
    private boolean relapsed(Ticket ticket) {
        return over.filter(ticket.conditionSince()::isAfter).isPresent() && !ticket.quietUntilHealthy();
    }

    /** What was said of the surroundings before the rebuild is in the incident already, and not said again. */
    private Ticket marked(Ticket ticket, Surroundings around, Instant now) {
        Ticket marked = around.mark(ticket.withRebuilt(Optional.empty()).without(Appointment.CATCH_UP), now);
        if (marked.silence().filter(silence -> silence.since().isBefore(at)).isPresent()) {
            marked = marked.withSilence(marked.silence().map(Silence::told));
        }
        return marked.outOfSightSince().filter(since -> since.isBefore(at)).isPresent()
                ? marked.without(Appointment.OUT_OF_SIGHT)
                : marked;
    }

    private Ticket inGrace(Ticket ticket, Incident current, Surroundings around, Instant now) {
        Optional<Instant> end = over.map(since -> since.plus(around.grace())).filter(now::isBefore);
        return current.state() == IncidentState.RESOLVED && !ticket.quietUntilHealthy() && end.isPresent()
                ? ticket.appointed(Appointment.GRACE, end.get())
                : ticket;
    }
}
