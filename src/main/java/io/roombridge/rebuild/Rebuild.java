package io.roombridge.rebuild;

import io.roombridge.correlation.PollCursors;
import io.roombridge.correlation.PollCursors.Place;
import io.roombridge.correlation.Recreation;
import io.roombridge.correlation.StoreLife;
import io.roombridge.route.Desk;
import io.roombridge.route.Desks;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalAccess;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads every incident of the bridge and makes the store know it again. For a stopped bridge, with an empty store or an
 * old backup; doing it again changes nothing.
 */
public final class Rebuild {

    /** Tickets whose journals are read with one query. */
    private static final int AT_A_TIME = 40;

    /** Any node that starts afterwards has a higher fencing number. */
    private static final long NO_LEASE = 0;

    private static final List<String> READINGS = List.of("changes", "sweep");

    private final Recreation store;
    private final PollCursors cursors;
    private final StoreLife life;
    private final Desks desks;
    private final Patient patient;
    private final boolean dryRun;

    /** @param dryRun reads and reports only */
    public Rebuild(
            Recreation store, PollCursors cursors, StoreLife life, Desks desks, Patient patient, boolean dryRun) {
        this.store = store;
        this.cursors = cursors;
        this.life = life;
        this.desks = desks;
        this.patient = patient;
        this.dryRun = dryRun;
    }

    /**
     * @param retell how far back from now what happened in ServiceNow is told to the portal again, under the same ids
     * @param now by the bridge's clock
     */
    public Report run(Duration retell, Instant now) {
        Report report = new Report();
        for (Desk desk : desks.all()) {
            rebuild(desk, new Horizon(now.minus(retell), now), report);
        }
        if (!dryRun) {
            life.rebuilt(now, report.oldest().orElse(now));
        }
        return report;
    }

    private void rebuild(Desk desk, Horizon asked, Report report) {
        Incidence incidence = new Incidence(desk, patient);
        Map<String, List<IncidentRecord>> byTicket = incidence.byCorrelation();
        Horizon horizon = reaching(desk, asked);
        List<List<IncidentRecord>> tickets = new ArrayList<>(byTicket.values());
        for (int start = 0; start < tickets.size(); start += AT_A_TIME) {
            some(desk, incidence, tickets.subList(start, Math.min(tickets.size(), start + AT_A_TIME)), horizon, report);
        }
        if (!dryRun) {
            READINGS.stream()
                    .filter(name -> cursors.at(desk.name(), name).isEmpty())
                    .forEach(name -> cursors.move(desk.name(), name, Place.from(horizon.heardUntil()), NO_LEASE));
        }
    }

    /** An old backup knows how far ServiceNow was read. */
    private Horizon reaching(Desk desk, Horizon asked) {
        Optional<Instant> read = READINGS.stream()
                .flatMap(name -> cursors.at(desk.name(), name).stream())
                .map(Place::from)
                .min(Instant::compareTo);
        return new Horizon(read.orElse(asked.heardUntil()), asked.now());
    }

    private void some(
            Desk desk, Incidence incidence, Collection<List<IncidentRecord>> tickets, Horizon horizon, Report report) {
        Map<String, Found> found = incidence
                .found(tickets.stream().flatMap(List::stream).toList())
                .stream()
                .collect(Collectors.toMap(one -> one.incident().sysId(), one -> one));
        if (desk.gateway().changes().journalAccess() == JournalAccess.HIDDEN) {
            throw new JournalHidden(desk.name());
        }
        for (List<IncidentRecord> ofTicket : tickets) {
            recreate(
                    desk,
                    ofTicket.stream().map(IncidentRecord::sysId).map(found::get).toList(),
                    horizon,
                    report);
        }
    }

    private void recreate(Desk desk, List<Found> incidents, Horizon horizon, Report report) {
        String id = incidents.get(0).incident().correlationId();
        Optional<Ticket> known =
                TicketId.isTicketId(id) ? store.known(desk.name(), new TicketId(id)) : Optional.empty();
        Recreate.Result result = Recreate.of(incidents, known, desk.name(), desk.user(), desk::asksForQuiet, horizon);
        if (!dryRun) {
            result.found().ifPresent(store::keep);
        }
        report.add(desk.name(), incidents, known.isPresent(), result);
    }

    /** Without the journal table nobody can tell the bridge's own entries from people's. */
    public static final class JournalHidden extends RuntimeException {

        private static final long serialVersionUID = 1L;

        JournalHidden(String instance) {
            super("instance " + instance + " hides its journal from the integration user, so own entries cannot be told"
                    + " from people's; give it a read ACL on sys_journal_field and run this"
                    + " again");
        }
    }
}
