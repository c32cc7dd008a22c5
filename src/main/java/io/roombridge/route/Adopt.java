package io.roombridge.route;

import io.roombridge.adoption.Doubt;
import io.roombridge.adoption.Matching;
import io.roombridge.adoption.NativeIncident;
import io.roombridge.closing.Activity;
import io.roombridge.correlation.Adoption;
import io.roombridge.correlation.Adoption.State;
import io.roombridge.correlation.Adoptions;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.FileOffer;
import io.roombridge.correlation.HeardEntry;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.Intent.Kind;
import io.roombridge.correlation.TicketActivity;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Surroundings;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes over the incidents of another integration that are certainly a ticket's, and gives them back when a person takes that
 * back (docs/operations.md, "Taking over from the native integration"). Each is one PATCH that changes nothing but the
 * correlation; what was said before it stays history. Runs on a schedule, in live mode only.
 */
public final class Adopt {

    private static final Logger LOG = LoggerFactory.getLogger(Adopt.class);

    private final CorrelationStore store;
    private final Adoptions adoptions;
    private final Lookout lookout;
    private final Desks desks;
    private final Settlement settlement;
    private final Effects effects;
    private final Gathered gathered;
    private final IncidentText text;
    private final Clock clock;

    Adopt(
            CorrelationStore store,
            Adoptions adoptions,
            Lookout lookout,
            Desks desks,
            Settlement settlement,
            Effects effects,
            Gathered gathered,
            IncidentText text,
            Clock clock) {
        this.store = store;
        this.adoptions = adoptions;
        this.lookout = lookout;
        this.desks = desks;
        this.settlement = settlement;
        this.effects = effects;
        this.gathered = gathered;
        this.text = text;
        this.clock = clock;
    }

    /** Called by the route {@code adoption}; returns how many adoptions went on. What cannot be done now is done by a later run. */
    public int goOn() {
        adoptions.meet();
        int done = 0;
        for (Desk desk : desks.all()) {
            for (Adoption row : adoptions.waiting(desk.name(), State.ROLLING_BACK)) {
                done += wentOn(desk, row, this::giveBack) ? 1 : 0;
            }
            for (Adoption row : adoptions.waiting(desk.name(), State.PLANNED)) {
                done += wentOn(desk, row, this::link) ? 1 : 0;
            }
        }
        return done;
    }

    /** One of the two ways. */
    @FunctionalInterface
    private interface Way {
        void go(Desk desk, Adoption row, Ticket ticket);
    }

    private boolean wentOn(Desk desk, Adoption listed, Way way) {
        // The list may be long, and a person may have decided otherwise, or paused the tenant, since it was read.
        Optional<Adoption> row = adoptions.stillWaiting(listed).filter(waits -> desk.open());
        Optional<Ticket> ticket = row.flatMap(
                        now -> now.ticket().flatMap(id -> store.ticket(now.tenant(), now.instance(), id)))
                .filter(known -> !store.heldUp(known.tenant(), known.instance(), known.id(), Lane.STATE));
        try {
            ticket.ifPresent(known -> way.go(desk, row.get(), known));
            return ticket.isPresent();
        } catch (RuntimeException later) {
            boolean expected =
                    later instanceof RetryLater || later instanceof VersionMoved || later instanceof ServiceNowFailure;
            LOG.atLevel(expected ? Level.DEBUG : Level.WARN)
                    .addKeyValue("ticket", listed.portalTicketId())
                    .addKeyValue("why", later.getMessage())
                    .log("an adoption goes on later");
            return false;
        }
    }

    private void link(Desk desk, Adoption row, Ticket ticket) {
        if (lookout.outOfScope(ticket).isPresent()) {
            return;
        }
        Cause cause = cause(Cause.ADOPTION, row, ticket);
        Ticket before = settlement.settle(desk, ticket, cause);
        try {
            // Once the link is written, whatever comes is no history any more.
            Optional<Adoption> ready =
                    effects.made(before, cause, IncidentUpdates.FIRST).isPresent()
                            ? Optional.of(row)
                            : ready(desk, row, before);
            ready.ifPresent(certain -> linked(desk, certain, before, cause));
        } catch (IncidentText.Unmappable unmappable) {
            adoptions.doubt(row, Doubt.UNMAPPABLE, said(Doubt.UNMAPPABLE, unmappable.getMessage()));
        } catch (ServiceNowFailure refused) {
            if (!refused.permanent()) {
                throw refused;
            }
            adoptions.doubt(row, Doubt.REFUSED, said(Doubt.REFUSED, refused.detail()));
        }
    }

    /** The moment of the decision is part of it, so that what was given back can be taken over again. */
    private static Cause cause(String rule, Adoption row, Ticket ticket) {
        return Cause.ofRule(rule, ticket, row.incident().orElseThrow() + "/" + row.at());
    }

    /** A last look: whether the incident is still free, what is history in it, and what there is to go back to. */
    private Optional<Adoption> ready(Desk desk, Adoption row, Ticket ticket) {
        String sysId = row.incident().orElseThrow();
        Optional<NativeIncident> found = desk.gateway().natives().read(sysId);
        Optional<Doubt> doubt = found.filter(incident ->
                        row.number().filter(incident.number()::equals).isPresent())
                .map(incident -> objection(incident, ticket))
                .orElse(Optional.of(Doubt.NUMBER_UNKNOWN));
        if (doubt.isPresent()) {
            adoptions.doubt(row, doubt.get(), said(doubt.get(), row.number().orElse(sysId)));
            return Optional.empty();
        }
        Adoption certain = row.taking(found.get());
        store.commit(new Commit()
                .adopting(certain, row)
                .heard(past(desk, ticket, sysId))
                .past(files(desk, ticket, sysId)));
        return Optional.of(certain);
    }

    private Optional<Doubt> objection(NativeIncident incident, Ticket ticket) {
        boolean ofAnother = store.byIncident(ticket.instance(), incident.sysId())
                .filter(other -> !other.id().equals(ticket.id()))
                .isPresent();
        return ofAnother
                ? Optional.of(Doubt.OF_ANOTHER)
                : Matching.objection(
                        incident, Optional.of(ticket.id()), ticket.current().isPresent());
    }

    private static String said(Doubt doubt, String detail) {
        return doubt.meaning() + ": " + detail;
    }

    /** What stands in the journal is known from now on, so that none of it is told to the portal. */
    private List<HeardEntry> past(Desk desk, Ticket ticket, String sysId) {
        return desk.gateway().changes().journals(List.of(sysId), Optional.empty()).stream()
                .map(entry -> past(ticket, entry))
                .toList();
    }

    private HeardEntry past(Ticket ticket, JournalEntry entry) {
        return new HeardEntry(
                ticket.instance(),
                entry.sysId(),
                ticket.tenant(),
                ticket.id(),
                entry.incident(),
                entry.element().equals("comments"),
                entry.fromDisplay(),
                HeardEntry.Origin.PERSON,
                new Outcome.Ignored(Reason.BEFORE_ADOPTION),
                entry.createdOn().orElse(clock.instant()),
                clock.instant());
    }

    private List<FileOffer> files(Desk desk, Ticket ticket, String sysId) {
        return desk.gateway().files().list(List.of(sysId), Instant.EPOCH).stream()
                .map(file -> FileOffers.of(ticket, file, clock.instant()))
                .toList();
    }

    private void linked(Desk desk, Adoption row, Ticket before, Cause cause) {
        Map<String, String> fields = text.adoption(desk, before, cause);
        Effects.Written written = write(desk, before, cause, row, fields);
        Ticket after = following(desk, before.withVersion(written.ticket().version()), written.incident(), cause);
        store.commit(new Commit()
                .ticket(after)
                .settling(List.of(written.settled()))
                .activities(List.of(shown(after, written.incident())))
                .adopting(row.in(State.LINKED, row.detail()), row)
                .history(List.of(new HistoryEntry(
                        clock.instant(),
                        cause.id(),
                        Cause.ADOPTION,
                        written.incident().number() + " is the ticket's incident from now on; decided by "
                                + row.by()))));
    }

    /** Nobody's activity, but from now on it is looked at whose turn it is; since when it has that state nobody knows. */
    private TicketActivity shown(Ticket ticket, IncidentRecord read) {
        Instant now = clock.instant();
        Activity state = Activity.deskState(
                        Cause.ADOPTION + "-" + read.sysId() + "-" + read.modCount(),
                        true,
                        now,
                        read.sysId(),
                        IncidentUpdates.stateOf(read),
                        read.holdReason())
                .notBefore(Incidents.createdOn(read));
        return new TicketActivity(ticket.tenant(), ticket.instance(), ticket.id(), state, now);
    }

    private Effects.Written write(Desk desk, Ticket before, Cause cause, Adoption row, Map<String, String> fields) {
        String sysId = row.incident().orElseThrow();
        return effects.once(
                desk,
                before,
                cause,
                IncidentUpdates.write(Kind.UPDATE, Optional.of(sysId), fields),
                ref -> desk.gateway().update(sysId, IncidentUpdates.signed(fields, ref)));
    }

    /** State and assignment are as they are; what differs from the portal's word goes its usual way from here. */
    private Ticket following(Desk desk, Ticket ticket, IncidentRecord read, Cause cause) {
        Instant now = clock.instant();
        Incident adopted = Incidents.adopted(read, ticket.episode(), cause.id(), now);
        Ticket after = ticket.followedBy(adopted).withHeldBack(Optional.empty());
        Surroundings around = lookout.around(after);
        if (adopted.state() == IncidentState.RESOLVED) {
            after = Lifecycle.agentResolved(after, adopted.sysId(), desk.asksForQuiet(read.closeCode()), around, now);
        } else if (!after.unhealthy()) {
            after = after.withHoldDownUntil(Optional.of(now));
        }
        return around.mark(after, now);
    }

    private void giveBack(Desk desk, Adoption row, Ticket ticket) {
        Ticket ready = ticket.current().isPresent() ? gathered.flush(desk, ticket) : ticket;
        Cause cause = cause(Cause.ADOPTION_UNDONE, row, ready);
        Ticket before = settlement.settle(desk, ready, cause);
        Commit commit = new Commit();
        Ticket after = before;
        String said = "given back by " + row.by();
        try {
            if (stillOurs(desk, row, before)) {
                Effects.Written written = write(desk, before, cause, row, former(row, text.givenBack(before, cause)));
                after = before.withVersion(written.ticket().version());
                commit.settling(List.of(written.settled()));
            }
        } catch (ServiceNowFailure refused) {
            if (!refused.permanent()) {
                throw refused;
            }
            after = store.ticket(before.tenant(), before.instance(), before.id())
                    .orElseThrow();
            said = "ServiceNow refused it; clear correlation_id by hand: " + refused.detail();
        }
        store.commit(commit.ticket(after.givingBack(row.incident().orElseThrow(), Reason.ADOPTING))
                .adopting(row.in(State.ROLLED_BACK, said), row)
                .history(List.of(new HistoryEntry(
                        clock.instant(),
                        cause.id(),
                        Cause.ADOPTION_UNDONE,
                        row.number().orElse("") + ": " + said))));
    }

    /** A person may have cleared it, or given the incident to somebody else. */
    private static boolean stillOurs(Desk desk, Adoption row, Ticket ticket) {
        return desk.gateway()
                .natives()
                .read(row.incident().orElseThrow())
                .filter(incident -> incident.correlationId().equals(ticket.id().value()))
                .isPresent();
    }

    private static Map<String, String> former(Adoption row, String note) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("correlation_id", row.formerId());
        fields.put("correlation_display", row.formerDisplay());
        fields.put(IncidentText.WORK_NOTES, note);
        return fields;
    }
}
