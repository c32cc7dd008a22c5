package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.RuleOutcome;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Surroundings;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The tickets that something stated concerns. Each is compared with what is stated around it now, so whatever is repeated,
 * late or out of order leaves it as it is; notes and resolutions come later, as appointments.
 */
final class Neighbours {

    private final CorrelationStore store;
    private final Lookout lookout;
    private final Settlement settlement;
    private final IncidentWriter writer;
    private final Clock clock;

    Neighbours(CorrelationStore store, Lookout lookout, Settlement settlement, IncidentWriter writer, Clock clock) {
        this.store = store;
        this.lookout = lookout;
        this.settlement = settlement;
        this.writer = writer;
        this.clock = clock;
    }

    /** Brings the marks of these tickets in line with what is stated around them. */
    void mark(List<Ticket> concerned) {
        for (Ticket ticket : concerned) {
            Ticket marked = lookout.around(ticket).mark(ticket, clock.instant());
            if (!marked.equals(ticket)) {
                commit(new Commit().ticket(marked));
            }
        }
    }

    private void commit(Commit commit) {
        try {
            store.commit(commit);
        } catch (VersionMoved moved) {
            throw new RetryLater(Reason.BUSY, Scope.INSTANCE, Duration.ZERO, moved.getMessage(), moved);
        }
    }

    /** Those of these tickets that were held back, and are not any more, get what they are owed. */
    void release(Desk desk, List<Ticket> concerned) {
        concerned.stream()
                .filter(ticket -> ticket.heldBack().isPresent())
                .filter(ticket -> lookout.around(ticket).heldBack().isEmpty())
                .forEach(held -> reconsider(desk, held));
    }

    private void reconsider(Desk desk, Ticket held) {
        Cause cause =
                Cause.ofRule(Cause.RECONSIDERED, held, held.conditionSince().toString());
        Ticket before = settlement.settle(desk, held, cause);
        Surroundings around = lookout.around(before);
        Optional<Step> step = around.heldBack().isEmpty()
                ? Lifecycle.reconsider(before.without(Appointment.SUPPRESSION))
                : Optional.empty();
        step.ifPresent(owed -> carryOut(desk, before, cause, owed, Cause.RECONSIDERED));
    }

    /**
     * One ticket that is refused for good must not keep the others of the room, or the statement itself, from being done.
     *
     * @param what for the ticket's history
     */
    void carryOut(Desk desk, Ticket before, Cause cause, Step step, String what) {
        try {
            Done done = writer.carryOut(desk, before, cause, step);
            commit(new Commit()
                    .ticket(done.ticket().orElseThrow())
                    .settling(done.settled())
                    .rule(new RuleOutcome(before, what, done.outcome(), clock.instant()))
                    .history(List.of(new HistoryEntry(clock.instant(), cause.id(), what, done.said()))));
        } catch (ServiceNowFailure failure) {
            if (!failure.permanent()) {
                throw failure.asRetryLater();
            }
            keep(before, cause, failure.reason(), failure.detail());
        } catch (IncidentText.Unmappable unmappable) {
            keep(before, cause, Reason.MAPPING_FAILED, unmappable.getMessage());
        }
    }

    private void keep(Ticket ticket, Cause cause, Reason reason, String detail) {
        store.commit(new Commit()
                .deadLetter(new DeadLetter(
                        ticket.tenant(),
                        ticket.instance(),
                        cause.id(),
                        Optional.of(ticket.id()),
                        DeadLetter.Kind.RULE,
                        Lane.STATE,
                        DeadLetter.State.DEAD,
                        reason,
                        detail,
                        cause.payload(),
                        1,
                        clock.instant())));
    }
}
