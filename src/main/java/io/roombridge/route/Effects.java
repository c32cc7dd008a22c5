package io.roombridge.route;

import io.roombridge.conversation.TextHash;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Fence;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.Settled;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.RetryLater.Scope;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes each write of a cause once, as far as anybody can tell from outside (design, section 3.3).
 *
 * <p>The intent is committed before the write leaves and moves the ticket's version, so that of two steps on the same
 * ticket only one can write. A write whose answer never came leaves its intent open: {@link Settlement} finds out what
 * became of it before anything else is done to the ticket.
 */
final class Effects {

    private final CorrelationStore store;
    private final Clock machine;
    private final Supplier<UUID> ids;
    private final Optional<Fence> held;

    Effects(CorrelationStore store, Clock machine, Supplier<UUID> ids) {
        this(store, machine, ids, Optional.empty());
    }

    private Effects(CorrelationStore store, Clock machine, Supplier<UUID> ids, Optional<Fence> held) {
        this.store = store;
        this.machine = machine;
        this.ids = ids;
        this.held = held;
    }

    /** The same, for work that one node does at a time: an intent is opened only while the work is still ours. */
    Effects under(Fence fence) {
        return new Effects(store, machine, ids, Optional.of(fence));
    }

    /**
     * One write that was made, or was found to have been made before.
     *
     * @param ticket the ticket as it was read, at the version the intent gave it
     * @param settled the result that belongs into the commit that records the write
     * @param kind what was written, also where an earlier attempt wrote it
     * @param fresh whether the incident is as the write left it; otherwise people may have changed it since
     */
    record Written(Ticket ticket, IncidentRecord incident, Settled settled, Intent.Kind kind, boolean fresh) {

        /** Whether fields of the incident were written, so that what it shows now is the bridge's own. */
        boolean fields() {
            return kind != Intent.Kind.NOTE;
        }
    }

    /**
     * What is to be written.
     *
     * @param number which of the cause's writes, from 1
     * @param target the sys_id to be written to; empty for a new incident
     * @param note the text it adds to a journal, without its reference; empty for none
     */
    record Write(int number, Intent.Kind kind, Optional<String> target, Optional<String> note) {

        /** The text is known again by its hash when it is read (design, section 3.5). */
        private Optional<String> bodyHash() {
            return note.filter(text -> !text.isBlank()).map(TextHash::of);
        }
    }

    /**
     * @param before the ticket as it was read, not as it will be
     * @throws RetryLater when the write has to be tried or looked for again
     * @throws ServiceNowFailure when the instance refused it for good
     */
    Written once(Desk desk, Ticket before, Cause cause, Write what, Function<Reference, IncidentRecord> write) {
        Optional<Written> made =
                made(before, cause, what.number()).flatMap(intent -> alreadyMade(desk, before, intent));
        if (made.isPresent()) {
            return made.get();
        }
        requireOpen(desk, what.kind());
        Reference reference = Reference.of(cause.id(), what.number());
        Ticket ticket = before;
        Intent intent;
        do {
            intent = intent(ticket, cause, what, reference);
            ticket = open(ticket, intent);
        } while (tooLate(intent));
        try {
            IncidentRecord incident = write.apply(reference);
            return new Written(ticket, incident, Settled.done(intent, incident.sysId()), intent.kind(), true);
        } catch (ServiceNowFailure failure) {
            throw afterFailure(intent, failure);
        } catch (Withheld withheld) {
            store.commit(new Commit().settling(List.of(Settled.notDone(intent))));
            throw withheld;
        }
    }

    /** An outage of hours would leave an intent for each try of each event: rows, and doubts whether it was written. */
    private static void requireOpen(Desk desk, Intent.Kind kind) {
        try {
            desk.gateway().requireOpen(kind.creates());
        } catch (ServiceNowFailure closed) {
            throw closed.asRetryLater();
        }
    }

    /** A write that was prepared and did not leave, because the last look before it spoke against it. */
    static final class Withheld extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Withheld(String why) {
            super(why);
        }
    }

    /** The intent of a write that an earlier attempt made and that was never recorded with its ticket. */
    Optional<Intent> made(Ticket ticket, Cause cause, int effect) {
        return store.intentsOf(ticket, cause.id(), effect).stream()
                .filter(intent ->
                        intent.result().filter(Intent.Result.DONE::equals).isPresent())
                .findFirst();
    }

    /**
     * Empty when the incident was deleted since: then the write leaves once more, and the instance refuses it for good. Only
     * a new incident would be made anew by that, where nothing but the right to read it may be missing.
     */
    private static Optional<Written> alreadyMade(Desk desk, Ticket before, Intent made) {
        String sysId = made.remoteId().orElseThrow();
        Optional<IncidentRecord> incident = desk.gateway().read(sysId);
        if (incident.isEmpty() && made.kind().creates()) {
            throw new RetryLater(
                    Reason.RECORD_GONE, Scope.CHANGE, Duration.ZERO, "incident " + sysId + " was just written");
        }
        return incident.map(read -> new Written(before, read, Settled.done(made, sysId), made.kind(), false));
    }

    private Ticket open(Ticket ticket, Intent intent) {
        Commit claim = new Commit().ticket(ticket).opening(intent);
        held.ifPresent(fence -> claim.under(fence));
        try {
            store.commit(claim);
            return ticket.withVersion(ticket.version() + 1);
        } catch (VersionMoved | Fence.Fallen e) {
            throw new RetryLater(Reason.BUSY, Scope.INSTANCE, Duration.ofMillis(50), e.getMessage(), e);
        }
    }

    /** A write that left later than this could be committed by the instance after its intent was settled. */
    private boolean tooLate(Intent intent) {
        if (machine.instant().isBefore(intent.openedAt().plus(Intent.LEAVE_WITHIN))) {
            return false;
        }
        store.commit(new Commit().settling(List.of(Settled.notDone(intent))));
        return true;
    }

    private RuntimeException afterFailure(Intent intent, ServiceNowFailure failure) {
        if (failure.ambiguous()) {
            Duration wait = Duration.between(machine.instant(), intent.settleAt());
            return new RetryLater(
                    Reason.AMBIGUOUS,
                    failure.scope().orElse(Scope.INSTANCE),
                    wait.isNegative() ? Duration.ZERO : wait,
                    failure.detail(),
                    failure);
        }
        store.commit(new Commit().settling(List.of(Settled.notDone(intent))));
        return failure.permanent() ? failure : failure.asRetryLater();
    }

    private Intent intent(Ticket ticket, Cause cause, Write what, Reference reference) {
        Instant now = machine.instant();
        return new Intent(
                ids.get().toString(),
                ticket.tenant(),
                ticket.instance(),
                ticket.id(),
                cause.id(),
                what.number(),
                what.kind(),
                what.target(),
                reference.value(),
                what.bodyHash(),
                now,
                Optional.empty(),
                Optional.empty());
    }
}
