package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Step;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    private final CorrelationStore store;
    private final Desks desks;
    private final Settlement settlement;
    private final IncidentWriter writer;
    private final BooleanSupplier caughtUp;
    private final Clock clock;

    /** @param caughtUp whether everything the hub is known to hold has been read */
    Recoveries(
            CorrelationStore store,
            Desks desks,
            Settlement settlement,
            IncidentWriter writer,
            BooleanSupplier caughtUp,
            Clock clock) {
        this.caughtUp = caughtUp;
        this.store = store;
        this.desks = desks;
        this.settlement = settlement;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Called by the route {@code recoveries}; returns how many recoveries were carried out. Does nothing while events of
     * the hub are known to be unread: a relapse may be among them.
     */
    public int recover() {
        if (!caughtUp.getAsBoolean()) {
            return 0;
        }
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
        // A dead or parked change may say that the signal is unhealthy again; a write under way may be a relapse.
        if (store.heldUp(due.tenant(), due.instance(), due.id(), Lane.STATE) || anotherIsAtWork(due, cause)) {
            return false;
        }
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
        } catch (ServiceNowFailure | IncidentText.Unmappable refused) {
            if (refused instanceof ServiceNowFailure failure && !failure.permanent()) {
                return postponed(due, refused);
            }
            return refused(due, cause, now, refused);
        } catch (RuntimeException later) {
            return postponed(due, later);
        }
    }

    private boolean anotherIsAtWork(Ticket due, Cause cause) {
        return store.openIntents(due).stream()
                .anyMatch(intent -> !intent.cause().equals(cause.id()));
    }

    private boolean postponed(Ticket due, RuntimeException later) {
        boolean busy =
                later instanceof VersionMoved || (later instanceof RetryLater retry && retry.reason() == Reason.BUSY);
        LOG.atLevel(busy ? Level.DEBUG : Level.WARN)
                .addKeyValue("ticket", due.id())
                .addKeyValue("why", later.getMessage())
                .log("recovery postponed");
        return false;
    }

    /** Kept for a person, and tried again in an hour: it must not stand in the way of other recoveries until then. */
    private boolean refused(Ticket due, Cause cause, Instant now, RuntimeException refused) {
        Reason reason = refused instanceof ServiceNowFailure failure ? failure.reason() : Reason.MAPPING_FAILED;
        LOG.atWarn()
                .addKeyValue("ticket", due.id())
                .addKeyValue("reason", reason.label())
                .log("a recovery was refused; it is kept for a person and tried again in an hour");
        store.ticket(due.tenant(), due.instance(), due.id())
                .ifPresent(ticket -> store.commit(new Commit()
                        .ticket(ticket.withHoldDownUntil(Optional.of(now.plus(AFTER_REFUSAL))))
                        .deadLetter(new DeadLetter(
                                due.tenant(),
                                due.instance(),
                                cause.id(),
                                Optional.of(due.id()),
                                Lane.STATE,
                                DeadLetter.State.KEPT,
                                reason,
                                String.valueOf(refused.getMessage()),
                                due.lastEvent(),
                                1,
                                now))));
        return false;
    }
}
