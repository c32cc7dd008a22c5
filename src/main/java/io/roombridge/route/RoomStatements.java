package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.correlation.RoomFactBook.Fact;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Device;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Room;
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

    public Passage state(@Body Passage passage, @Header(PARTITION) String partition) {
        return patience.with(passage, change -> apply(change, partition));
    }

    private Passage apply(Passage passage, String partition) {
        Change change = passage.change();
        boolean mayRelease = state(change, Optional.ofNullable(partition).orElse("0"));
        if (mayRelease) {
            Desk desk = passage.desk().orElseThrow();
            change.rooms().forEach(room -> reconsider(desk, change, room));
        }
        return passage.done(Done.without(new Outcome.Delivered(Reason.RECORDED)));
    }

    /** Returns whether tickets that were held back may now get their incidents. */
    private boolean state(Change change, String partition) {
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
        } else if (change.detail() instanceof Detail.Heartbeat heartbeat) {
            facts.heartbeat(change.tenant(), partition, heartbeat.partitionWatermark());
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

    private void reconsider(Desk desk, Change change, Room room) {
        for (Ticket held : store.heldBackIn(change.tenant(), room.id())) {
            if (facts.about(held).none()) {
                reconsider(desk, held);
            }
        }
    }

    private void reconsider(Desk desk, Ticket held) {
        Cause cause =
                Cause.ofRule(Cause.RECONSIDERED, held, held.conditionSince().toString());
        Ticket before = settlement.settle(desk, held, cause);
        Optional<Step> step = Lifecycle.reconsider(before);
        if (step.isPresent()) {
            Done done = writeOrRetry(desk, before, cause, step.get());
            store.commit(new Commit()
                    .ticket(done.ticket().orElseThrow())
                    .settling(done.settled())
                    .history(List.of(new HistoryEntry(clock.instant(), cause.id(), "reconsidered", done.said()))));
        }
    }

    private Done writeOrRetry(Desk desk, Ticket before, Cause cause, Step step) {
        try {
            return writer.carryOut(desk, before, cause, step);
        } catch (ServiceNowFailure failure) {
            throw failure.permanent() ? failure : failure.asRetryLater();
        }
    }
}
