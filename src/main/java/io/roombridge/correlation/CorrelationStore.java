package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The correlation store: one ticket for each room signal, for ever.
 *
 * <p>SQL is the truth and the arbiter: a commit writes the ticket only {@code where version = ?}, so of two steps that
 * read the same ticket one is refused ({@link VersionMoved}) and decides anew. The cache in front is refreshed after the
 * commit and may lag behind or be lost without harm, because a decision on a stale ticket is refused at its commit.
 */
public final class CorrelationStore {

    private final Jdbi jdbi;
    private final TicketCache cache;

    public CorrelationStore(Jdbi jdbi, TicketCache cache) {
        this.jdbi = jdbi;
        this.cache = cache;
    }

    public Optional<Ticket> ticket(String tenant, String instance, TicketId id) {
        return cache.get(new TicketAddress(tenant, instance, id));
    }

    /** The ticket that an incident number belongs to, for people who know the incident. */
    public Optional<Ticket> byIncidentNumber(String number) {
        return jdbi.withHandle(handle -> Tickets.byIncidentNumber(handle, number));
    }

    /** The ticket that an incident of an instance belongs to. */
    public Optional<Ticket> byIncident(String instance, String sysId) {
        return jdbi.withHandle(handle -> Tickets.byIncident(handle, instance, sysId));
    }

    /**
     * The sys_ids of the incidents of an instance that may still change: all but closed and canceled ones.
     *
     * @param after the last sys_id of the page before; empty text for the first page
     */
    public List<String> openIncidents(String instance, String after, int limit) {
        return jdbi.withHandle(handle -> Tickets.openIncidents(handle, instance, after, limit));
    }

    /**
     * @throws VersionMoved when the ticket was committed by somebody else since it was read; nothing was written
     * @throws Fence.Fallen when the commit is made under a lease that is another's by now
     */
    public void commit(Commit commit) {
        // By itself: two rooms may name the same device at the same moment, which must not undo what was written for
        // either.
        commit.place().ifPresent(place -> DevicePlaces.note(jdbi, place));
        try {
            jdbi.useTransaction(handle -> write(handle, commit));
        } catch (VersionMoved moved) {
            // The cache may have shown an old version, left behind by a node that died before it could refresh it.
            commit.ticket().or(commit::basis).map(TicketAddress::of).ifPresent(cache::forget);
            throw moved;
        }
        commit.ticket().ifPresent(ticket -> cache.refresh(ticket.withVersion(ticket.version() + 1)));
    }

    private static void write(Handle handle, Commit commit) {
        commit.guard().accept(handle);
        commit.basis().ifPresent(ticket -> Tickets.requireUnmoved(handle, ticket));
        commit.ticket().ifPresent(ticket -> Tickets.write(handle, ticket));
        commit.intent().ifPresent(intent -> Intents.open(handle, intent));
        commit.settled().forEach(result -> Intents.settle(handle, result));
        commit.change().ifPresent(change -> Changes.record(handle, change));
        commit.rule().ifPresent(done -> RuleOutcome.append(handle, done));
        commit.deadLetters().forEach(letter -> DeadLetters.keep(handle, letter));
        commit.replay().ifPresent(result -> TriedAgain.record(handle, result));
        commit.look().ifPresent(look -> HeardEntries.lookAgain(handle, look));
        commit.heard().forEach(entry -> HeardEntries.add(handle, entry));
        commit.commands().forEach(command -> PortalOutbox.add(handle, command));
        commit.activities().forEach(activity -> Activities.add(handle, activity));
        commit.reading().ifPresent(reading -> Activities.see(handle, reading));
        commit.clock().ifPresent(clock -> ClosingBook.save(handle, clock));
        commit.closings().forEach(step -> ClosingBook.append(handle, step));
        commit.past().forEach(offer -> FileJobs.pastBy(handle, offer));
        commit.adoption().ifPresent(row -> Adoptions.step(handle, row, commit.adoptionBefore()));
        commit.files().forEach(offer -> offer(handle, offer));
        commit.fileJob().ifPresent(job -> FileJobs.move(handle, job));
        commit.fileCopy().ifPresent(copy -> FileCopies.record(handle, copy));
        commit.gathered().ifPresent(note -> GatheredNotes.add(handle, note));
        commit.written().ifPresent(batch -> GatheredNotes.forget(handle, batch));
        commit.subject().ifPresent(ticket -> Histories.append(handle, ticket, commit.history()));
    }

    /** What the bridge brought itself is known from the start, and never carried back. */
    private static void offer(Handle handle, FileOffer offer) {
        FileJobs.offer(
                handle, offer, FileCopies.isEcho(handle, offer, offer.sha256().orElse("")));
    }

    /** What became of a change, if it was settled before. */
    public Optional<Outcome> outcome(String tenant, ChangeId change) {
        return jdbi.withHandle(handle -> Changes.outcome(handle, tenant, change));
    }

    /** The intents of a ticket that have no result yet: writes that may be under way, or were cut off. */
    public List<Intent> openIntents(Ticket ticket) {
        return jdbi.withHandle(handle -> Intents.open(handle, ticket));
    }

    /** Every intent a change opened for one of its effects, oldest first. */
    public List<Intent> intentsOf(Ticket ticket, ChangeId cause, int effect) {
        return jdbi.withHandle(handle -> Intents.of(handle, ticket, cause, effect));
    }

    /** Whether any intent to create an incident was ever opened for the ticket. */
    public boolean everTriedToCreate(Ticket ticket) {
        return jdbi.withHandle(handle -> Intents.everTriedToCreate(handle, ticket));
    }

    /** Whether a change of this lane has to wait behind an earlier one. */
    public boolean heldUp(String tenant, String instance, TicketId ticket, Lane lane) {
        return jdbi.withHandle(handle -> DeadLetters.heldUp(handle, tenant, instance, ticket, lane));
    }

    /** How many texts and files of the portal are not in the ticket's incidents, because they are dead, parked or kept. */
    public long missing(Ticket ticket) {
        return jdbi.withHandle(handle -> DeadLetters.missing(handle, TicketAddress.of(ticket)));
    }

    /** The dead, parked and kept changes that are still open, in their order. */
    public List<DeadLetter> deadLetters() {
        return jdbi.withHandle(DeadLetters::all);
    }

    public List<HistoryEntry> history(Ticket ticket) {
        return jdbi.withHandle(handle -> Histories.of(handle, ticket));
    }

    /** Tickets of an instance with a write whose intent was opened before that time, and has no result yet. */
    public List<Ticket> leftOpenSince(String instance, Instant time, int limit) {
        return jdbi.withHandle(handle -> Intents.leftOpenSince(handle, instance, time, limit));
    }

    /** Tickets of an instance with an appointment at or before that time, the longest waiting first. */
    public List<Ticket> appointmentsDue(String instance, Instant now, int limit) {
        return jdbi.withHandle(handle -> Tickets.appointmentsDue(handle, instance, now, limit));
    }

    /** The instant of the next appointment of any ticket. */
    public Optional<Instant> nextAppointment() {
        return jdbi.withHandle(Tickets::nextAppointment);
    }

    /** Tickets of an instance with gathered notes that are due by that time, the longest waiting first. */
    public List<Ticket> gatheredDue(String instance, Instant now, int limit) {
        return jdbi.withHandle(handle -> GatheredNotes.due(handle, instance, now, limit));
    }

    /** What has to be written together next for a ticket. The same until a commit says that it was written. */
    public Optional<GatheredBatch> gathered(Ticket ticket) {
        return jdbi.inTransaction(handle -> GatheredNotes.batch(handle, ticket));
    }

    /** Every ticket of a room, the oldest first. */
    public List<Ticket> ofRoom(String tenant, String instance, String room) {
        return jdbi.withHandle(handle -> Tickets.ofRoom(handle, tenant, instance, room));
    }

    /** Every ticket that a device reported last, the oldest first. */
    public List<Ticket> ofDevice(String tenant, String instance, String device) {
        return jdbi.withHandle(handle -> Tickets.ofDevice(handle, tenant, instance, device));
    }

    /** Tickets of a tenant that are held back for one reason. */
    public List<Ticket> heldBackBy(String tenant, Reason reason) {
        return jdbi.withHandle(handle -> Tickets.heldBackBy(handle, tenant, reason));
    }

    /** Tickets of any tenant that are held back for one of these reasons, the oldest first. */
    public List<TicketAddress> heldBackBy(Set<Reason> reasons) {
        return jdbi.withHandle(handle -> Tickets.heldBackBy(handle, reasons));
    }

    /** Whether anything is recorded of a ticket from which it follows whose turn it is ({@link Activities}). */
    public boolean hasFacts(Ticket ticket) {
        return jdbi.withHandle(handle -> Activities.any(handle, ticket));
    }

    public long ticketCount() {
        return jdbi.withHandle(Tickets::count);
    }
}
