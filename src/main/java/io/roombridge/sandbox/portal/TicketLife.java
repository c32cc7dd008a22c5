package io.roombridge.sandbox.portal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The life of one ticket as the desk should see it; fed with what happened, in the order of happening. */
final class TicketLife {

    private static final Set<String> UNHEALTHY = Set.of("new", TrackedTicket.INVESTIGATING, TrackedTicket.NEEDS_ACTION);

    private final TicketName name;
    private boolean unhealthy;
    private int episodes;
    private Optional<Instant> healthySince = Optional.empty();
    private boolean resolved;
    // Whether a person has the incident, and the bridge may no longer resolve it.
    private boolean taken;
    // Whether a person said something, which may or may not keep the bridge from resolving it.
    private boolean touched;
    // Whether a person resolved what was unhealthy: a grace of hours begins, its end is for another day.
    private boolean resolvedTooSoon;
    private Optional<Truth.SetAside> lastRefusal = Optional.of(Truth.SetAside.NOT_UNHEALTHY);

    TicketLife(TicketName name) {
        this.name = name;
    }

    void portal(PortalEvent event, PortalFacts facts) {
        recoverBy(event.time());
        happened(event, facts);
        touched |= episodes > 0 && !resolved && isPersonsWord(event);
    }

    /** Who recorded an issue also closes it, whatever was said about it before. */
    private static boolean isPersonsWord(PortalEvent event) {
        String actor = event.data().at("/actor/type").asText();
        return event.name().equals("ticket.message-added")
                && (actor.equals("customer") || actor.equals("partner"))
                && !event.data().at("/ticket/key/recorded").asBoolean();
    }

    private void happened(PortalEvent event, PortalFacts facts) {
        unhealthy = UNHEALTHY.contains(event.data().at("/ticket/state").asText());
        if (!unhealthy) {
            if (healthySince.isEmpty()) {
                healthySince = Optional.of(event.time());
            }
            return;
        }
        healthySince = Optional.empty();
        Optional<Truth.SetAside> refusal = facts.against(event);
        boolean admitted = refusal.isEmpty();
        if (admitted && (episodes == 0 || resolved)) {
            episodes++;
            resolved = false;
        } else if (!admitted && episodes == 0) {
            lastRefusal = refusal;
        }
    }

    void desk(DeskAction action) {
        recoverBy(action.at());
        if (episodes == 0 || resolved) {
            return;
        }
        switch (action.act()) {
            case ASSIGN, HOLD -> taken = true;
            case COMMENT -> touched = true;
            case RESOLVE -> resolve();
        }
    }

    private void resolve() {
        resolved = healthySince.isPresent();
        resolvedTooSoon |= !resolved;
    }

    /** Applies a recovery whose hold-down has ended by the given time. */
    private void recoverBy(Instant now) {
        boolean counts = healthySince
                .filter(since -> !since.plus(Truth.HOLD_DOWN).isAfter(now))
                .isPresent();
        if (counts && episodes > 0 && !taken && !touched) {
            resolved = true;
        }
    }

    /** When everything has settled, long after the last event. */
    Truth.Expectation expectation() {
        recoverBy(Instant.MAX);
        return new Truth.Expectation(
                name,
                episodes == 0 ? lastRefusal : Optional.empty(),
                unhealthy,
                expectedState(),
                episodes,
                !touched && !resolvedTooSoon);
    }

    private Truth.Expected expectedState() {
        if (episodes == 0) {
            return Truth.Expected.NO_INCIDENT;
        }
        if (resolvedTooSoon || touched && !unhealthy) {
            return Truth.Expected.RESOLVED_OR_WORKED_ON;
        }
        return resolved ? Truth.Expected.RESOLVED : Truth.Expected.ACTIVE;
    }
}
