package io.roombridge.route;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Surroundings;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Body;

/**
 * Applies a change of a ticket to its incident: first what earlier, cut-off writes became, then what this change asks
 * for, then the write. Says what is to be recorded; records nothing itself.
 */
public final class Deliver {

    private final Settlement settlement;
    private final IncidentWriter writer;
    private final OwnCommands own;
    private final Commands commands;
    private final Lookout lookout;
    private final RoomStatements statements;
    private final Patience patience;
    private final Clock clock;
    private final Clock machine;

    Deliver(
            Settlement settlement,
            IncidentWriter writer,
            OwnCommands own,
            Commands commands,
            Lookout lookout,
            RoomStatements statements,
            Patience patience,
            Clock clock,
            Clock machine) {
        this.machine = machine;
        this.patience = patience;
        this.own = own;
        this.commands = commands;
        this.settlement = settlement;
        this.writer = writer;
        this.lookout = lookout;
        this.statements = statements;
        this.clock = clock;
    }

    public Passage deliver(@Body Passage passage) {
        return patience.with(passage, this::apply);
    }

    private Passage apply(Passage passage) {
        Change change = passage.change();
        Desk desk = passage.desk().orElseThrow();
        if (Lanes.of(change) == Lane.STATE) {
            reach(passage, desk, change);
        }
        Cause cause = Cause.of(change);
        Optional<Ticket> known = passage.known().map(ticket -> settlement.settle(desk, ticket, cause));
        Ticket before = known.orElseGet(() -> Ticket.born(change, desk.name(), clock.instant()));
        Surroundings around = passage.around().orElseThrow();
        Step asked = Lifecycle.decide(known, change, desk.name(), around, clock.instant());
        Step step = Lanes.of(change) == Lane.STATE && own.caused(change) ? Lifecycle.ofOwnCommand(asked) : asked;
        return passage.done(named(desk, before, carriedOut(passage, desk, before, cause, step)));
    }

    /** Somebody else's word ends when the portal has to know better, and says nothing beside the portal's own. */
    private void reach(Passage passage, Desk desk, Change change) {
        TicketKey key = change.ticket().orElseThrow().key();
        boolean report = change.kind() == Change.Kind.DEVICE_HEALTH_CHANGED;
        if (report && passage.known().filter(Ticket::unhealthy).isPresent() && unhealthy(change)) {
            return;
        }
        Optional<Instant> until = report ? Optional.of(change.at().plus(lookout.detection(key))) : Optional.empty();
        lookout.reach(key).ifPresent(says -> statements.reach(desk, change, says, until));
    }

    private static boolean unhealthy(Change change) {
        return Ticket.conditionOf(change.ticket().orElseThrow()) == Ticket.Condition.UNHEALTHY;
    }

    /** The portal has a ticket of its own now: it is shown the incident that was made before. */
    private Done named(Desk desk, Ticket before, Done done) {
        Optional<Incident> waiting = before.portal().named() ? Optional.empty() : before.current();
        Optional<Ticket> now = done.ticket().filter(ticket -> ticket.portal().named());
        return waiting.isEmpty() || now.isEmpty()
                ? done
                : done.telling(commands.about(
                        now.get(),
                        Commands.link(desk.name(), waiting.get().sysId()),
                        new Request.LinkSnow(
                                waiting.get().number(),
                                desk.address(waiting.get().sysId()))));
    }

    private Done carriedOut(Passage passage, Desk desk, Ticket before, Cause cause, Step step) {
        try {
            Done done = writer.carryOut(desk, before, cause, step);
            return done.outcome() instanceof Outcome.Dead dead
                    ? done.keeping(letter(passage, desk, State.KEPT, dead.reason(), dead.detail()))
                    : done.offering(FileOffers.of(passage.change(), done, machine.instant()));
        } catch (ServiceNowFailure failure) {
            if (!failure.permanent()) {
                throw failure.asRetryLater();
            }
            return failure.reason() == Reason.RECORD_GONE
                    ? gone(passage, desk, before, step)
                    : dead(passage, desk, failure.reason(), failure.detail());
        } catch (IncidentText.Unmappable unmappable) {
            return dead(passage, desk, Reason.MAPPING_FAILED, unmappable.getMessage());
        }
    }

    /**
     * Somebody deleted the incident between the bridge's looks at it: the ticket comes back with its next episode. A
     * message is kept for a person; it holds up nothing.
     */
    private Done gone(Passage passage, Desk desk, Ticket before, Step step) {
        Ticket known = before.version() == 0 ? step.ticket() : step.ticket().withVersion(before.version() + 1);
        Ticket marked = known.current()
                .map(current ->
                        known.withIncident(current.sysId(), incident -> incident.withState(IncidentState.CANCELED)))
                .orElse(known);
        if (Lanes.of(passage.change()) == Lane.STATE) {
            return Done.of(marked, new Outcome.Ignored(Reason.RECORD_GONE), Reason.RECORD_GONE.meaning());
        }
        String detail = "the incident was deleted in ServiceNow";
        return Done.of(marked, new Outcome.Dead(Reason.RECORD_GONE, detail), detail)
                .keeping(letter(passage, desk, State.KEPT, Reason.RECORD_GONE, detail));
    }

    /** Refused for good: what comes after it in its lane has to wait for a person. */
    private Done dead(Passage passage, Desk desk, Reason reason, String detail) {
        return Done.without(new Outcome.Dead(reason, detail))
                .keeping(letter(passage, desk, State.DEAD, reason, detail));
    }

    private DeadLetter letter(Passage passage, Desk desk, State state, Reason reason, String detail) {
        Change change = passage.change();
        return new DeadLetter(
                change.tenant(),
                desk.name(),
                change.id(),
                change.ticketId(),
                DeadLetter.Kind.EVENT,
                Lanes.of(change),
                state,
                reason,
                detail,
                change.payload(),
                passage.attempt().number(),
                clock.instant());
    }
}
