package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.correlation.RoomFactBook.Fact;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Records what is stated about rooms, devices and signals, and looks again at tickets that such a statement held back.
 * All of it is idempotent, so a crash in the middle is mended by the repetition of the event.
 */
public final class RoomStatements {

    private static final String PARTITION = "CamelAzureEventHubsPartitionId";
    private static final String SEQUENCE_NUMBER = "CamelAzureEventHubsSequenceNumber";

    private final RoomFactBook facts;
    private final CorrelationStore store;
    private final Settlement settlement;
    private final IncidentWriter writer;
    private final Patience patience;
    private final Clock clock;

    RoomStatements(
            RoomFactBook facts,
            CorrelationStore store,
            Settlement settlement,
            IncidentWriter writer,
            Patience patience,
            Clock clock) {
        this.patience = patience;
        this.facts = facts;
        this.store = store;
        this.settlement = settlement;
        this.writer = writer;
        this.clock = clock;
    }

    public Passage state(
            @Body Passage passage, @Header(PARTITION) String partition, @Header(SEQUENCE_NUMBER) Long sequence) {
        return patience.with(passage, change -> apply(change, partition, sequence));
    }

    private Passage apply(Passage passage, String partition, Long sequence) {
        Change change = passage.change();
        if (change.detail() instanceof Detail.Heartbeat heartbeat) {
            facts.heartbeat(
                    change.tenant(),
                    Optional.ofNullable(partition).orElse("0"),
                    heartbeat.partitionWatermark(),
                    Optional.ofNullable(sequence).orElse(Long.MAX_VALUE));
        }
        boolean mayRelease = state(change);
        if (mayRelease) {
            Desk desk = passage.desk().orElseThrow();
            heldBackBy(change).stream()
                    .filter(held -> facts.about(held).none())
                    .forEach(held -> reconsider(desk, held));
        }
        return passage.done(Done.without(new Outcome.Delivered(Reason.RECORDED)));
    }

    /** Returns whether tickets that were held back may now get their incidents. */
    private boolean state(Change change) {
        if (change.detail() instanceof Detail.Suppression suppression) {
            suppression
                    .signal()
                    .map(TicketKey::id)
                    .map(RoomFactBook::signalOfRoom)
                    .ifPresentOrElse(
                            signal -> state(change, signal, Fact.SUPPRESSED, suppression.suppressed()),
                            () -> ofDevice(change, Fact.SUPPRESSED, suppression.suppressed()));
            return !suppression.suppressed() && suppression.unhealthyNow().orElse(true);
        } else if (change.detail() instanceof Detail.Lifecycle lifecycle) {
            boolean onboarding = lifecycle.stage() == Detail.Lifecycle.Stage.ONBOARDING;
            ofDevice(change, Fact.ONBOARDING, onboarding);
            return !onboarding;
        } else if (change.detail() instanceof Detail.SignalSwitch signal) {
            state(change, RoomFactBook.signal(signal.signal()), Fact.DISABLED, !signal.enabled());
            return signal.enabled();
        }
        return false;
    }

    /** The device by its id, and by its role in the room for tickets that name no device. */
    private void ofDevice(Change change, Fact fact, boolean holds) {
        change.device()
                .map(Device::id)
                .map(RoomFactBook::device)
                .ifPresent(subject -> state(change, subject, fact, holds));
        String role = change.device().flatMap(Device::role).orElse(TicketKey.RoomSignal.DEFAULT_ROLE);
        change.rooms().forEach(room -> state(change, RoomFactBook.role(room.id(), role), fact, holds));
    }

    private void state(Change change, String subject, Fact fact, boolean holds) {
        facts.state(change.tenant(), subject, fact, holds, change.at());
    }

    /** Tickets of the rooms that are spoken of; a tenant's switch speaks of every room. */
    private List<Ticket> heldBackBy(Change change) {
        return change.detail() instanceof Detail.SignalSwitch
                ? store.heldBackBy(change.tenant(), Reason.SIGNAL_DISABLED)
                : change.rooms().stream()
                        .flatMap(room -> store.heldBackIn(change.tenant(), room.id()).stream())
                        .toList();
    }

    private void reconsider(Desk desk, Ticket held) {
        Cause cause =
                Cause.ofRule(Cause.RECONSIDERED, held, held.conditionSince().toString());
        Ticket before = settlement.settle(desk, held, cause);
        Optional<Step> step = Lifecycle.reconsider(before);
        if (step.isPresent()) {
            commit(desk, before, cause, step.get());
        }
    }

    /** One ticket that is refused for good must not keep the others of the room, or the statement itself, from being done. */
    private void commit(Desk desk, Ticket before, Cause cause, Step step) {
        try {
            Done done = writer.carryOut(desk, before, cause, step);
            store.commit(new Commit()
                    .ticket(done.ticket().orElseThrow())
                    .settling(done.settled())
                    .history(List.of(new HistoryEntry(clock.instant(), cause.id(), "reconsidered", done.said()))));
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
                        Lane.STATE,
                        DeadLetter.State.DEAD,
                        reason,
                        detail,
                        cause.payload(),
                        1,
                        clock.instant())));
    }
}
