package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.GatheredBatch;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes what automation said, several texts as one work note. A text is gathered in the commit that settles its event and
 * forgotten in the commit that records its note; in between it belongs to a batch that never changes, so a note that was
 * cut off is found again by its reference.
 */
public final class Gathered {

    /** How long a text waits for more of its kind: so long is the time in which a ticket gets one such note. */
    static final Duration WAIT = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Gathered.class);
    private static final int AT_A_TIME = 200;

    private final CorrelationStore store;
    private final Desks desks;
    private final Alongside<Integer> alongside = new Alongside<>();
    private final Settlement settlement;
    private final EntryWriter entries;
    private final Clock clock;

    Gathered(CorrelationStore store, Desks desks, Settlement settlement, EntryWriter entries, Clock clock) {
        this.store = store;
        this.desks = desks;
        this.settlement = settlement;
        this.entries = entries;
        this.clock = clock;
    }

    /**
     * Called by the route {@code gathered}; returns how many notes were written. A ticket that is busy, or whose instance
     * is away, is taken up again by the next run.
     */
    public int write() {
        return alongside.each(desks.all(), this::writeDue).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private int writeDue(Desk desk) {
        int written = 0;
        for (Ticket due : store.gatheredDue(desk.name(), clock.instant(), AT_A_TIME)) {
            written += desk.open() && write(desk, due) ? 1 : 0;
        }
        return written;
    }

    private boolean write(Desk desk, Ticket due) {
        try {
            Optional<GatheredBatch> batch = store.gathered(due);
            batch.ifPresent(next -> write(desk, settlement.settle(desk, due, Cause.ofBatch(due, next.first())), next));
            return batch.isPresent();
        } catch (RuntimeException later) {
            boolean busy = later instanceof RetryLater retry && retry.reason() == Reason.BUSY;
            LOG.atLevel(busy ? Level.DEBUG : Level.WARN)
                    .addKeyValue("ticket", due.id())
                    .addKeyValue("why", later.getMessage())
                    .log("a gathered note is postponed");
            return false;
        }
    }

    /**
     * Writes at once whatever was gathered for a ticket, so that what a person says next stands below it.
     *
     * @param before the ticket as it was read, its cut-off writes settled
     * @return the ticket as it is afterwards
     */
    Ticket flush(Desk desk, Ticket before) {
        Ticket ticket = before;
        for (Optional<GatheredBatch> next = store.gathered(ticket); next.isPresent(); next = store.gathered(ticket)) {
            ticket = write(desk, ticket, next.get());
        }
        return ticket;
    }

    private Ticket write(Desk desk, Ticket before, GatheredBatch batch) {
        Cause cause = Cause.ofBatch(before, batch.first());
        try {
            EntryWriter.Entered entered = entries.write(
                    desk,
                    before,
                    cause,
                    before.current().orElseThrow().sysId(),
                    new IncidentText.Entry(IncidentText.WORK_NOTES, String.join("\n\n", batch.texts())));
            return recorded(cause, batch, entered);
        } catch (ServiceNowFailure failure) {
            if (!failure.permanent()) {
                throw failure.asRetryLater();
            }
            throw setAside(before, cause, batch, failure);
        } catch (VersionMoved e) {
            throw new RetryLater(Reason.BUSY, Scope.INSTANCE, Duration.ZERO, e.getMessage(), e);
        }
    }

    private Ticket recorded(Cause cause, GatheredBatch batch, EntryWriter.Entered entered) {
        IncidentState state = entered.incident().state().orElse(IncidentState.IN_PROGRESS);
        Ticket after = entered.ticket().withIncident(entered.incident().sysId(), known -> known.withState(state));
        String said = entered.kept()
                ? batch.texts().size() + " texts of automation written as one work note"
                : entered.incident().number() + " is closed and took no work note of automation";
        Commit commit = new Commit()
                .ticket(after)
                .settling(entered.settled())
                .written(batch)
                .history(List.of(new HistoryEntry(clock.instant(), cause.id(), Cause.GATHERED, said)));
        if (!entered.kept()) {
            commit.deadLetter(letter(after, cause, batch, Reason.TICKET_CLOSED, said));
        }
        store.commit(commit);
        return after.withVersion(after.version() + 1);
    }

    /** Kept for a person; it must not stand in the way of what comes after it, which is taken up again. */
    private RetryLater setAside(Ticket before, Cause cause, GatheredBatch batch, ServiceNowFailure refused) {
        store.commit(new Commit()
                .written(batch)
                .deadLetter(letter(before, cause, batch, refused.reason(), refused.detail())));
        return new RetryLater(
                Reason.BUSY, Scope.INSTANCE, Duration.ZERO, "a note of automation was refused and is kept", refused);
    }

    private DeadLetter letter(Ticket ticket, Cause cause, GatheredBatch batch, Reason reason, String detail) {
        return new DeadLetter(
                ticket.tenant(),
                ticket.instance(),
                cause.id(),
                Optional.of(ticket.id()),
                DeadLetter.Kind.NOTE,
                Lane.CONVERSATION,
                DeadLetter.State.KEPT,
                reason,
                detail,
                String.join("\n\n", batch.texts()),
                1,
                clock.instant());
    }
}
