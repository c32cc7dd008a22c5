package io.roombridge.sandbox.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be true of the desk when everything has settled: worked out from what happened, in the order in which it
 * happened, by the rules of the design (sections 3.7 and 3.8) and without any of the bridge's code. The order of
 * publishing, copies and broken events play no part in it.
 */
public record Truth(List<Expectation> tickets) {

    /** A recovery counts when the signal stays healthy so long (design, section 3.7). */
    static final Duration HOLD_DOWN = Duration.ofMinutes(15);

    public Truth {
        tickets = List.copyOf(tickets);
    }

    /** Why a ticket has no incident at all. */
    public enum SetAside {
        SUPPRESSED,
        ONBOARDING,
        SIGNAL_DISABLED,
        RECOMMENDED_ONLY,
        /** Watched or healthy whenever it was heard of. */
        NOT_UNHEALTHY
    }

    /** The state in which the current incident of a ticket has to be. */
    public enum Expected {
        /** New, In Progress or On Hold. */
        ACTIVE,
        RESOLVED,
        /** A person had a word in it: resolved, or still with that person. */
        RESOLVED_OR_WORKED_ON,
        /** The ticket was set aside. */
        NO_INCIDENT
    }

    /**
     * What has to be true of one ticket.
     *
     * @param setAside why it has no incident; empty for an admitted ticket
     * @param unhealthy whether the signal is unhealthy at the end
     * @param episodes how often the incident was opened or reopened; relapses inside the hold-down do not count
     * @param exact whether no person's work makes the number of episodes a matter of judgement
     */
    public record Expectation(
            TicketName ticket,
            Optional<SetAside> setAside,
            boolean unhealthy,
            Expected state,
            int episodes,
            boolean exact) {

        public boolean admitted() {
            return setAside.isEmpty();
        }
    }

    static Truth of(List<PortalEvent> happened, List<DeskAction> deskActions) {
        PortalFacts facts = new PortalFacts();
        Map<TicketName, TicketLife> lives = new LinkedHashMap<>();
        List<Occurrence> all = new ArrayList<>();
        happened.forEach(event -> all.add(new Occurrence(event.time(), () -> happens(event, facts, lives))));
        deskActions.forEach(action -> all.add(new Occurrence(
                action.at(),
                () -> lives.computeIfAbsent(action.ticket(), TicketLife::new).desk(action))));
        all.sort(Comparator.comparing(Occurrence::at));
        all.forEach(occurrence -> occurrence.effect().run());
        return new Truth(lives.values().stream()
                .map(TicketLife::expectation)
                .sorted(Comparator.comparing(Expectation::ticket))
                .toList());
    }

    private record Occurrence(Instant at, Runnable effect) {}

    private static void happens(PortalEvent event, PortalFacts facts, Map<TicketName, TicketLife> lives) {
        if (event.form() != PortalEvent.Form.VALID) {
            return;
        }
        event.ticket()
                .ifPresentOrElse(
                        ticket -> lives.computeIfAbsent(ticket, TicketLife::new).portal(event, facts),
                        () -> facts.learn(event));
    }

    /** How many tickets have to have an incident. */
    public long admitted() {
        return tickets.stream().filter(Expectation::admitted).count();
    }
}
