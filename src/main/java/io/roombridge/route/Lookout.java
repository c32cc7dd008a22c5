package io.roombridge.route;

import io.roombridge.admission.Admission;
import io.roombridge.admission.RoomFacts;
import io.roombridge.correlation.Adoptions;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.RoomFactBook;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.mapping.Signals.Signal;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Lifecycle;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Reach;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Sight;
import io.roombridge.ticket.Surroundings;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks up what surrounds a ticket, so that pure rules can decide. */
public final class Lookout {

    private final CorrelationStore store;
    private final Adoptions adoptions;
    private final RoomFactBook facts;
    private final MappingsInForce mappings;
    private final Optional<Duration> holdDownOfAll;
    private final Instant activation;
    private final Clock clock;

    /** @param activation when the bridge was activated, by the bridge's clock */
    Lookout(
            CorrelationStore store,
            Adoptions adoptions,
            RoomFactBook facts,
            MappingsInForce mappings,
            Optional<Duration> holdDownOfAll,
            Instant activation,
            Clock clock) {
        this.store = store;
        this.adoptions = adoptions;
        this.facts = facts;
        this.mappings = mappings;
        this.holdDownOfAll = holdDownOfAll;
        this.activation = activation;
        this.clock = clock;
    }

    /** What surrounds the ticket of a change, whose record {@code known} is. */
    Surroundings around(Change change, Optional<Ticket> known) {
        PortalTicket portal = change.ticket().orElseThrow();
        RoomFacts stated = seenBy(portal.key(), facts.about(change, clock.instant()));
        return around(
                portal,
                change.at(),
                stated,
                outOfScope(portal.key(), change.payload(), known)
                        .or(() -> adopting(portal, known))
                        .or(() -> Admission.holdBack(change, stated, activation)),
                // Named only where a note is due, and that is decided for the ticket as it is recorded.
                Optional.empty());
    }

    /** What surrounds a ticket now. */
    Surroundings around(Ticket ticket) {
        PortalTicket portal = ticket.portal();
        RoomFacts stated = seenBy(ticket.key(), facts.about(ticket, clock.instant()));
        Optional<Reason> heldBack = outOfScope(ticket)
                .or(() -> adopting(portal, Optional.of(ticket)))
                .or(() -> Admission.statedAround(portal, ticket.portalAt(), stated));
        Optional<String> offline = stated.online().lost() ? offlineNumber(ticket) : Optional.empty();
        return around(portal, ticket.portalAt(), stated, heldBack, offline);
    }

    /** The first reason of all, because an administrator decided it; what has an incident keeps it. */
    private Optional<Reason> outOfScope(TicketKey key, String event, Optional<Ticket> known) {
        return known.flatMap(Ticket::current).isPresent()
                ? Optional.empty()
                : mappings.of(key.tenant()).outsideScope(event, key).map(why -> Reason.OUT_OF_SCOPE);
    }

    /** A new incident would be the twin of one that another integration made. */
    private Optional<Reason> adopting(PortalTicket portal, Optional<Ticket> known) {
        boolean holds = known.flatMap(Ticket::current).isEmpty()
                && adoptions.holds(
                        portal.key().tenant(),
                        portal.portalTicketId(),
                        portal.key().id());
        return holds ? Optional.of(Reason.ADOPTING) : Optional.empty();
    }

    /** Whether the scope as it is now holds a ticket back. */
    Optional<Reason> outOfScope(Ticket ticket) {
        return outOfScope(ticket.key(), ticket.lastEvent(), Optional.of(ticket));
    }

    /** Names the scope, and everything else of the mappings, as it is now. */
    String mappingVersion() {
        return mappings.version().name();
    }

    private Surroundings around(
            PortalTicket portal, Instant at, RoomFacts stated, Optional<Reason> heldBack, Optional<String> offline) {
        Signal signal = signal(portal.key());
        boolean ofDevice = signal.says().isPresent();
        return new Surroundings(
                heldBack,
                stated.suppressedSince(portal.suppressed(), at),
                stated.suppressedUntil(),
                stated.unenrolledSince(),
                ofDevice
                        ? ofReach(signal.says().get(), stated)
                        : stated.online().and(stated.monitored()),
                signal.says().filter(says -> says == Reach.UNMONITORED).isPresent(),
                offline,
                holdDown(portal.key(), signal),
                signal.detection());
    }

    /** Nothing stands between the portal and Offline; between it and Monitored only Offline does. */
    private static Sight ofReach(Reach says, RoomFacts stated) {
        return says == Reach.OFFLINE ? Sight.CLEAR : stated.online();
    }

    private RoomFacts seenBy(TicketKey key, RoomFacts stated) {
        return reach(key).filter(says -> says == Reach.UNMONITORED).isPresent() ? stated.absorbing() : stated;
    }

    /** What the signal of a ticket says of its device as a whole, if it does. */
    Optional<Reach> reach(TicketKey key) {
        return signal(key).says();
    }

    /** The longest time from a fault to the portal's calling this signal unhealthy. */
    Duration detection(TicketKey key) {
        return signal(key).detection();
    }

    private Signal signal(TicketKey key) {
        return mappings.of(key.tenant()).signals().of(key);
    }

    /** How long a signal must stay healthy; a person's own closing of a recorded issue counts at once. */
    private Duration holdDown(TicketKey key, Signal signal) {
        return key instanceof TicketKey.RoomSignal ? holdDownOfAll.orElse(signal.holdDown()) : Duration.ZERO;
    }

    private Optional<String> offlineNumber(Ticket ticket) {
        return ticket.roomId().stream()
                .flatMap(room -> store.ofRoom(ticket.tenant(), ticket.instance(), room).stream())
                .filter(other ->
                        reach(other.key()).filter(says -> says == Reach.OFFLINE).isPresent())
                .filter(Ticket::unhealthy)
                .filter(other -> sameDevice(ticket, other))
                .findFirst()
                .flatMap(Ticket::current)
                .map(Incident::number);
    }

    private static boolean sameDevice(Ticket one, Ticket other) {
        boolean sameRole = one.key() instanceof TicketKey.RoomSignal mine
                && other.key() instanceof TicketKey.RoomSignal theirs
                && mine.role().equals(theirs.role());
        return sameRole || (one.deviceId().isPresent() && one.deviceId().equals(other.deviceId()));
    }

    /**
     * For whoever reads ServiceNow: a person resolved an incident of the ticket.
     *
     * @param closeCode as the incident has it
     * @return the ticket as it is to be committed; what follows comes as an appointment
     */
    public Ticket agentResolved(Desk desk, Ticket ticket, Incident incident, String closeCode) {
        return Lifecycle.agentResolved(
                ticket, incident.sysId(), desk.asksForQuiet(closeCode), around(ticket), clock.instant());
    }
}
