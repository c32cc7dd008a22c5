package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.RuleOutcome;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.Due;
import io.roombridge.ticket.Lane;
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
 * Keeps the appointments of tickets. Runs on a schedule; a ticket that is busy, or whose instance is away, is taken up again
 * by the next run.
 */
public final class Appointments {

    private static final Logger LOG = LoggerFactory.getLogger(Appointments.class);
    private static final int AT_A_TIME = 200;
    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    private final CorrelationStore store;
    private final Lookout lookout;
    private final Desks desks;
    private final Alongside<Integer> alongside = new Alongside<>();
    private final Settlement settlement;
    private final IncidentWriter writer;
    private final BooleanSupplier caughtUp;
    private final Clock clock;

    /** @param caughtUp whether everything the hub is known to hold has been read */
    Appointments(
            CorrelationStore store,
            Lookout lookout,
            Desks desks,
            Settlement settlement,
            IncidentWriter writer,
            BooleanSupplier caughtUp,
            Clock clock) {
        this.caughtUp = caughtUp;
        this.store = store;
        this.lookout = lookout;
        this.desks = desks;
        this.settlement = settlement;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Called by the route {@code appointments} before anything is kept or released: not while events of the hub are known to
     * be unread, because what would change the decision may be among them.
     */
    public boolean mayDecide() {
        return caughtUp.getAsBoolean();
    }

    /** Called by the route {@code appointments}; returns how many were kept. */
    public int keep() {
        Instant now = clock.instant();
        return alongside.each(desks.all(), desk -> keep(desk, now)).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private int keep(Desk desk, Instant now) {
        int kept = 0;
        for (Ticket due : store.appointmentsDue(desk.name(), now, AT_A_TIME)) {
            kept += desk.open() && keep(desk, due, now) ? 1 : 0;
        }
        return kept;
    }

    private boolean keep(Desk desk, Ticket due, Instant now) {
        Appointment kind = due.nextAppointment().orElseThrow();
        Cause cause =
                Cause.ofRule(kind.label(), due, due.appointments().get(kind).toString());
        // A dead or parked change may say otherwise; so may a write under way.
        if (store.heldUp(due.tenant(), due.instance(), due.id(), Lane.STATE) || anotherIsAtWork(due, cause)) {
            return false;
        }
        try {
            Ticket before = settlement.settle(desk, due, cause);
            Optional<Step> step = Due.step(kind, before, lookout.around(before), now);
            if (step.isEmpty()) {
                store.commit(new Commit().ticket(before.without(kind)));
                return true;
            }
            Done done = writer.carryOut(desk, before, cause, step.get());
            store.commit(new Commit()
                    .ticket(done.ticket().orElseThrow())
                    .settling(done.settled())
                    .commands(done.commands())
                    .rule(new RuleOutcome(due, kind.label(), done.outcome(), now))
                    .history(List.of(new HistoryEntry(now, cause.id(), kind.label(), done.said()))));
            return true;
        } catch (ServiceNowFailure | IncidentText.Unmappable refused) {
            if (refused instanceof ServiceNowFailure failure && !failure.permanent()) {
                return postponed(due, kind, refused);
            }
            return refused(due, kind, now, refused);
        } catch (RuntimeException later) {
            return postponed(due, kind, later);
        }
    }

    private boolean anotherIsAtWork(Ticket due, Cause cause) {
        return store.openIntents(due).stream()
                .anyMatch(intent -> !intent.cause().equals(cause.id()));
    }

    private boolean postponed(Ticket due, Appointment kind, RuntimeException later) {
        boolean busy =
                later instanceof VersionMoved || (later instanceof RetryLater retry && retry.reason() == Reason.BUSY);
        LOG.atLevel(busy ? Level.DEBUG : Level.WARN)
                .addKeyValue("ticket", due.id())
                .addKeyValue("why", later.getMessage())
                .addKeyValue("appointment", kind.label())
                .log("an appointment is postponed");
        return false;
    }

    /** Kept for a person, and tried again in an hour: it must not stand in the way of others until then. */
    private boolean refused(Ticket due, Appointment kind, Instant now, RuntimeException refused) {
        Reason reason = refused instanceof ServiceNowFailure failure ? failure.reason() : Reason.MAPPING_FAILED;
        DeadLetter letter = letter(due, kind, now, reason, String.valueOf(refused.getMessage()));
        try {
            store.ticket(due.tenant(), due.instance(), due.id())
                    .ifPresent(ticket -> store.commit(new Commit()
                            .ticket(ticket.appointed(kind, now.plus(AFTER_REFUSAL)))
                            .deadLetter(letter)));
        } catch (VersionMoved busy) {
            return postponed(due, kind, busy);
        }
        LOG.atWarn()
                .addKeyValue("ticket", due.id())
                .addKeyValue("reason", reason.label())
                .addKeyValue("appointment", kind.label())
                .log("what was due was refused; it is kept for a person and tried again in an hour");
        return false;
    }

    /** One for all the hours: the cause of each is named by the appointment's moment, and that moves. */
    private static DeadLetter letter(Ticket due, Appointment kind, Instant now, Reason reason, String detail) {
        return new DeadLetter(
                due.tenant(),
                due.instance(),
                Cause.ofRule(kind.label(), due, "refused").id(),
                Optional.of(due.id()),
                DeadLetter.Kind.RULE,
                Lane.STATE,
                DeadLetter.State.KEPT,
                reason,
                detail,
                due.lastEvent(),
                1,
                now);
    }
}
