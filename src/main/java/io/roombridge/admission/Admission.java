package io.roombridge.admission;

import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Room;
import io.roombridge.ticket.Severity;
import java.time.Instant;
import java.util.Optional;

/**
 * May a ticket have an incident now? The answer is a reason to hold it back, or nothing. It concerns new incidents only;
 * what becomes of one that exists, {@link io.roombridge.ticket.Lifecycle} decides.
 *
 * <p>The first reason that applies is given, from the most deliberate act of a person to the weakest rule, because that
 * is what an operator asks for.
 */
public final class Admission {

    private Admission() {}

    /** @param activation when the bridge was activated; nothing opened and healed before creates anything */
    public static Optional<Reason> holdBack(Change change, RoomFacts facts, Instant activation) {
        PortalTicket ticket = change.ticket().orElseThrow();
        Optional<Reason> stated = statedAround(ticket, change.at(), facts);
        if (stated.isPresent()) {
            return stated;
        }
        if (onboardingRoom(change)) {
            return Optional.of(Reason.ONBOARDING);
        }
        if (ticket.severity() == Severity.RECOMMENDED) {
            return Optional.of(Reason.RECOMMENDED_ONLY);
        }
        if (ticket.state() == PortalState.WATCHING || (change.kind() == Kind.TICKET_SNAPSHOT && !unhealthy(ticket))) {
            return Optional.of(Reason.NOT_UNHEALTHY);
        }
        return healedBefore(ticket, change, activation) ? Optional.of(Reason.BEFORE_ACTIVATION) : Optional.empty();
    }

    /**
     * The part that statements about signal and device decide, and can lift again.
     *
     * @param at the time of the event that brought the ticket block
     */
    public static Optional<Reason> statedAround(PortalTicket ticket, Instant at, RoomFacts facts) {
        if (facts.signalDisabled()) {
            return Optional.of(Reason.SIGNAL_DISABLED);
        }
        if (facts.suppressedSince(ticket.suppressed(), at).isPresent()) {
            return Optional.of(Reason.SUPPRESSED);
        }
        if (facts.onboarding()) {
            return Optional.of(Reason.ONBOARDING);
        }
        if (facts.unenrolledSince().isPresent()) {
            return Optional.of(Reason.UNENROLLED);
        }
        return facts.absorbed() ? Optional.of(Reason.OFFLINE) : Optional.empty();
    }

    private static boolean unhealthy(PortalTicket ticket) {
        return ticket.state().unhealthy();
    }

    /** A recorded issue names several rooms; it is held back only if every one of them is still being set up. */
    private static boolean onboardingRoom(Change change) {
        return !change.rooms().isEmpty()
                && change.rooms().stream()
                        .map(Room::lifecycle)
                        .allMatch(lifecycle ->
                                lifecycle.filter("onboarding"::equalsIgnoreCase).isPresent());
    }

    private static boolean healedBefore(PortalTicket ticket, Change change, Instant activation) {
        return !unhealthy(ticket)
                && ticket.createdAt().isBefore(activation)
                && ticket.lastResolvedAt().orElse(change.at()).isBefore(activation);
    }
}
