package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.Pauses;
import io.roombridge.portal.Decoded;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Body;

/** May this event pass? Looks up what is known and lets the pure rules judge; settles what needs no write. */
public final class Admit {

    static final String NO_TENANT = "unknown";

    private final CorrelationStore store;
    private final Lookout lookout;
    private final Desks desks;
    private final OwnCommands own;
    private final DeviceReports reports;
    private final Pauses pauses;
    private final Clock clock;

    Admit(
            CorrelationStore store,
            Lookout lookout,
            Desks desks,
            OwnCommands own,
            DeviceReports reports,
            Pauses pauses,
            Clock clock) {
        this.reports = reports;
        this.store = store;
        this.lookout = lookout;
        this.desks = desks;
        this.own = own;
        this.pauses = pauses;
        this.clock = clock;
    }

    public Passage admit(@Body Passage passage) {
        if (passage.decoded() instanceof Decoded.Rejected rejected) {
            String detail = rejected.path() + ": " + rejected.problem();
            return passage.done(kept(passage, NO_TENANT, rejected.id(), Reason.INVALID, detail, rejected.payload()));
        }
        if (passage.decoded() instanceof Decoded.Unknown unknown) {
            return passage.done(Done.without(new Outcome.Ignored(Reason.UNKNOWN_TYPE))
                    .keeping(letter(
                            passage,
                            NO_TENANT,
                            "",
                            unknown.id(),
                            Optional.empty(),
                            Lane.STATE,
                            DeadLetter.State.KEPT,
                            Reason.UNKNOWN_TYPE,
                            unknown.type(),
                            unknown.payload())));
        }
        return admit(passage, passage.change());
    }

    private Passage admit(Passage passage, Change change) {
        if (!passage.isReplayOf(change.id())
                && store.outcome(change.tenant(), change.id()).isPresent()) {
            return passage.done(Done.without(new Outcome.Duplicate(Reason.SAME_EVENT)));
        }
        own.confirm(change);
        if (own.isEcho(change)) {
            return passage.done(Done.without(new Outcome.Echo(Reason.OWN_WRITE)));
        }
        Optional<Desk> desk = desks.serving(change.tenant());
        if (desk.isEmpty()) {
            String detail = "tenant " + change.tenant() + "; add it to roombridge.instances.NAME.tenants";
            return passage.done(kept(
                    passage,
                    change.tenant(),
                    Optional.of(change.id()),
                    Reason.UNKNOWN_TENANT,
                    detail,
                    change.payload()));
        }
        if (waitsForResumption(passage, change)) {
            return passage.done(parked(passage, change, desk.get(), Reason.PAUSED));
        }
        if (change.detail() instanceof Detail.Health said) {
            return ofDevice(passage, change, said, desk.get());
        }
        return change.ticketId()
                .map(id -> ofTicket(passage, change, desk.get(), id))
                .orElseGet(() -> passage.served(desk.get(), Optional.empty(), Optional.empty()));
    }

    /** Somebody else's word about a device is taken as the portal's about its signal Offline; other words tell nothing. */
    private Passage ofDevice(Passage passage, Change report, Detail.Health said, Desk desk) {
        if (!said.tells()) {
            return passage.done(Done.without(new Outcome.Delivered(Reason.RECORDED)));
        }
        return reports.ofTicket(report, said, desk)
                .map(change -> ofTicket(
                        passage.readAs(change), change, desk, change.ticketId().orElseThrow()))
                .orElseGet(() -> passage.done(kept(
                        passage,
                        report.tenant(),
                        Optional.of(report.id()),
                        Reason.UNKNOWN_DEVICE,
                        DeviceReports.unknown(report),
                        report.payload())));
    }

    private Passage ofTicket(Passage passage, Change change, Desk desk, TicketId id) {
        Lane lane = Lanes.of(change);
        if (!passage.hasItsTurn(change.id()) && store.heldUp(change.tenant(), desk.name(), id, lane)) {
            return passage.done(parked(passage, change, desk, Reason.BEHIND_DEAD));
        }
        Optional<Ticket> known = store.ticket(change.tenant(), desk.name(), id);
        return passage.served(desk, known, Optional.of(lookout.around(change, known)));
    }

    /** A heartbeat says only how far the hub is read, and that is so all the same. */
    private boolean waitsForResumption(Passage passage, Change change) {
        return passage.replayed().isEmpty()
                && change.kind() != Change.Kind.STREAM_HEARTBEAT
                && pauses.parks(change.tenant());
    }

    private Done parked(Passage passage, Change change, Desk desk, Reason reason) {
        return Done.without(new Outcome.Parked(reason))
                .keeping(letter(
                        passage,
                        change.tenant(),
                        desk.name(),
                        change.id(),
                        change.ticketId(),
                        Lanes.of(change),
                        DeadLetter.State.PARKED,
                        reason,
                        reason.meaning(),
                        change.payload()));
    }

    /** Dead without a ticket: it holds up nothing, because nobody can say what it belongs to. */
    private Done kept(
            Passage passage, String tenant, Optional<ChangeId> id, Reason reason, String detail, String payload) {
        ChangeId named = id.orElseGet(() -> Unreadable.idOf(payload));
        return Done.without(new Outcome.Dead(reason, detail))
                .keeping(letter(
                        passage,
                        tenant,
                        "",
                        named,
                        Optional.empty(),
                        Lane.STATE,
                        DeadLetter.State.KEPT,
                        reason,
                        detail,
                        payload));
    }

    private DeadLetter letter(
            Passage passage,
            String tenant,
            String instance,
            ChangeId id,
            Optional<TicketId> ticket,
            Lane lane,
            DeadLetter.State state,
            Reason reason,
            String detail,
            String payload) {
        return new DeadLetter(
                tenant,
                instance,
                id,
                ticket,
                DeadLetter.Kind.EVENT,
                lane,
                state,
                reason,
                detail,
                payload,
                passage.attempt().number(),
                clock.instant());
    }
}
