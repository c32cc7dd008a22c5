package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Resolves the incidents of signals that have stayed healthy for their hold-down. Runs on a schedule; a ticket that is
 * busy, or whose instance is away, is taken up again by the next run.
 */
public final class Recoveries {

    private static final Logger LOG = LoggerFactory.getLogger(Recoveries.class);
    private static final int AT_A_TIME = 200;

    private final CorrelationStore store;
    private final Desks desks;
    private final Settlement settlement;
    private final IncidentWriter writer;
    private final Clock clock;

    Recoveries(CorrelationStore store, Desks desks, Settlement settlement, IncidentWriter writer, Clock clock) {
        this.store = store;
        this.desks = desks;
        this.settlement = settlement;
        this.writer = writer;
        this.clock = clock;
    }

    /** Called by the route {@code recoveries}; returns how many recoveries were carried out. */
    public int recover() {
        Instant now = clock.instant();
        int recovered = 0;
        for (Ticket due : store.recoveriesDue(now, AT_A_TIME)) {
            recovered += desks.named(due.instance())
                            .filter(desk -> recover(desk, due, now))
                            .isPresent()
                    ? 1
                    : 0;
        }
        return recovered;
    }

    private boolean recover(Desk desk, Ticket due, Instant now) {
        Cause cause = Cause.ofRule(
                Cause.RECOVERY, due, due.holdDownUntil().map(Instant::toString).orElse(""));
        try {
            Ticket before = settlement.settle(desk, due, cause);
            Optional<Step> step = Lifecycle.recoveryDue(before, now);
            step.ifPresent(recovery -> {
                Done done = writer.carryOut(desk, before, cause, recovery);
                store.commit(new Commit()
                        .ticket(done.ticket().orElseThrow())
                        .settling(done.settled())
                        .history(List.of(new HistoryEntry(now, cause.id(), "recovery", done.said()))));
            });
            return step.isPresent();
        } catch (RetryLater | VersionMoved | ServiceNowFailure | IncidentText.Unmappable later) {
            boolean busy = later instanceof RetryLater retry && retry.reason() == Reason.BUSY;
            LOG.atLevel(busy ? Level.DEBUG : Level.WARN)
                    .addKeyValue("ticket", due.id())
                    .addKeyValue("why", later.getMessage())
                    .log("recovery postponed");
            return false;
        }
    }
}
