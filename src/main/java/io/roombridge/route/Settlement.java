package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.Settled;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what became of writes that were cut off: by a crash, or by an answer that never came.
 *
 * <p>An intent without a result may still be at work, here, on another node, or in the instance, which can commit up to
 * a minute after the connection broke. So it is looked at no earlier than {@link Intent#SETTLE_AFTER}; until then every
 * other step of the ticket waits.
 */
final class Settlement {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final CorrelationStore store;
    private final Clock machine;

    Settlement(CorrelationStore store, Clock machine) {
        this.store = store;
        this.machine = machine;
    }

    /**
     * Settles every open intent of the ticket, and returns the ticket as it is afterwards.
     *
     * @throws RetryLater while one of them may still be at work
     */
    Ticket settle(Desk desk, Ticket ticket, Cause cause) {
        Ticket settled = ticket;
        for (Intent intent : store.openIntents(ticket)) {
            waitUntilCertain(intent);
            settled = settle(desk, settled, intent, cause);
        }
        return settled;
    }

    private void waitUntilCertain(Intent intent) {
        Instant now = machine.instant();
        if (now.isBefore(intent.settleAt())) {
            Duration left = Duration.between(now, intent.settleAt());
            throw new RetryLater(
                    Reason.BUSY,
                    Scope.INSTANCE,
                    left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN,
                    "a " + intent.kind() + " of ticket " + intent.ticket() + " may still be under way");
        }
    }

    /** The cause's own write is picked up by the cause itself; another's is entered into the ticket here. */
    private Ticket settle(Desk desk, Ticket ticket, Intent intent, Cause cause) {
        Optional<IncidentRecord> found = look(desk, ticket, intent);
        Settled result =
                found.map(incident -> Settled.done(intent, incident.sysId())).orElseGet(() -> Settled.notDone(intent));
        if (intent.cause().equals(cause.id()) || found.isEmpty()) {
            store.commit(new Commit().settling(List.of(result)));
            return ticket;
        }
        try {
            Ticket after = consequences(ticket, intent, found.get());
            store.commit(new Commit().ticket(after).settling(List.of(result)));
            return after.withVersion(after.version() + 1);
        } catch (VersionMoved e) {
            throw new RetryLater(Reason.BUSY, Scope.INSTANCE, Duration.ZERO, e.getMessage(), e);
        }
    }

    private Optional<IncidentRecord> look(Desk desk, Ticket ticket, Intent intent) {
        try {
            return switch (intent.kind()) {
                case CREATE -> created(desk, ticket, intent, Optional.empty());
                case FOLLOW_UP -> created(desk, ticket, intent, intent.target());
                case RESOLVE -> target(desk, intent).filter(Settlement::isResolved);
                case CLOSE, REOPEN, UPDATE, NOTE ->
                    target(desk, intent).filter(incident -> hasNote(desk, incident, new Reference(intent.reference())));
            };
        } catch (ServiceNowFailure failure) {
            throw failure.permanent()
                    ? new RetryLater(failure.reason(), Scope.CHANGE, Duration.ZERO, failure.detail(), failure)
                    : failure.asRetryLater();
        }
    }

    /**
     * An incident that the ticket knows already never settles a create. One that is closed or canceled may be from long ago,
     * and settles it only if it carries the reference of this very write.
     */
    private static Optional<IncidentRecord> created(Desk desk, Ticket ticket, Intent intent, Optional<String> parent) {
        return desk.gateway().findByCorrelation(ticket.id()).stream()
                .filter(incident ->
                        ticket.chain().stream().noneMatch(known -> known.sysId().equals(incident.sysId())))
                .filter(incident -> parent.isEmpty() || parent.equals(Incidents.parent(incident)))
                .filter(incident ->
                        incident.state().filter(IncidentState::terminal).isEmpty()
                                || hasNote(desk, incident, new Reference(intent.reference())))
                .min(Comparator.comparing(Incidents::createdOn));
    }

    private static Optional<IncidentRecord> target(Desk desk, Intent intent) {
        return desk.gateway().read(intent.target().orElseThrow());
    }

    private static boolean isResolved(IncidentRecord incident) {
        return incident.state()
                .filter(state -> state == IncidentState.RESOLVED || state == IncidentState.CLOSED)
                .isPresent();
    }

    /** Whether one of the newest entries of the incident is the one that carries the reference. */
    static boolean hasNote(Desk desk, IncidentRecord incident, Reference reference) {
        return desk.journal(incident.sysId()).stream().anyMatch(entry -> reference.signs(entry.value()));
    }

    private Ticket consequences(Ticket ticket, Intent intent, IncidentRecord found) {
        IncidentState state = found.state().orElse(IncidentState.NEW);
        return switch (intent.kind()) {
            case CREATE, FOLLOW_UP ->
                ticket.followedBy(Incidents.found(found, ticket.episode(), intent.cause(), machine.instant()));
            case RESOLVE ->
                ticket.withIncident(found.sysId(), known -> Incidents.after(intent.kind(), known, state))
                        .withHoldDownUntil(Optional.empty());
            case CLOSE, REOPEN ->
                ticket.withIncident(found.sysId(), known -> Incidents.after(intent.kind(), known, state));
            // The values may be a person's by now: the baseline stays.
            case UPDATE -> ticket.withIncident(found.sysId(), known -> known.withState(state));
            case NOTE ->
                Cause.isRule(Cause.RECOVERY, intent.cause()) ? ticket.withHoldDownUntil(Optional.empty()) : ticket;
        };
    }
}
