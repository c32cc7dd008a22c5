package io.roombridge.reconcile;

import io.roombridge.correlation.Books;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.Reconciliations;
import io.roombridge.correlation.Recreation;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.rebuild.Found;
import io.roombridge.rebuild.Horizon;
import io.roombridge.rebuild.Incidence;
import io.roombridge.rebuild.Patient;
import io.roombridge.rebuild.Recreate;
import io.roombridge.reconcile.Comparison.Remembered;
import io.roombridge.reconcile.Comparison.Shown;
import io.roombridge.reconcile.Finding.Kind;
import io.roombridge.route.Commands;
import io.roombridge.route.Desk;
import io.roombridge.route.Desks;
import io.roombridge.route.Round;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalAccess;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the store with everything of the bridge in ServiceNow, and with what the portal said last. What is safe it hands
 * to the path that missed it, so a repair can do nothing that the bridge would not do anyway; the rest it reports.
 */
public final class Reconcile {

    private static final Logger LOG = LoggerFactory.getLogger(Reconcile.class);
    private static final int AT_A_TIME = 60;
    private static final int MOST = 1000;
    private static final Duration WAITS = Duration.ofMinutes(15);

    /** A run takes long, and both sides go on meanwhile: these are believed only of an incident that was just read. */
    private static final Set<Kind> OF_THE_MOMENT = Set.of(Kind.STATE_DRIFT, Kind.HEALTHY_BUT_OPEN);

    private final CorrelationStore store;
    private final HeardEntries ledger;
    private final Reconciliations book;
    private final Recreation recreation;
    private final Desks desks;
    private final Consumer<Round> hear;
    private final Commands commands;
    private final boolean asking;
    private final Clock clock;

    /**
     * @param hear what hears ServiceNow, for repairs
     * @param asking whether the portal is asked for a snapshot of every open ticket each time
     */
    public Reconcile(Books books, Desks desks, Consumer<Round> hear, Commands commands, boolean asking, Clock clock) {
        this.store = books.tickets();
        this.ledger = books.heard();
        this.book = books.reconciliations();
        this.recreation = books.recreation();
        this.desks = desks;
        this.hear = hear;
        this.commands = commands;
        this.asking = asking;
        this.clock = clock;
    }

    /** Called by the route {@code reconcile}: repairs what is safe, keeps the report, and says in the log what was found. */
    public Reconciliation repair() {
        Reconciliation found = compare(true);
        book.keep(found.at(), found.findings().size(), found.json().toString());
        LOG.atInfo()
                .addKeyValue("count", found.incidents())
                .addKeyValue("found", found.counts())
                .addKeyValue("unread", found.unread())
                .log(found.clean() ? "reconciled" : "reconciled; some findings wait for a person (reconcile)");
        return found;
    }

    /** @param repair otherwise nothing is written anywhere */
    public Reconciliation compare(boolean repair) {
        List<Finding> findings = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        int incidents = 0;
        for (Desk desk : desks.all()) {
            try {
                incidents += compare(desk, repair, findings);
            } catch (ServiceNowFailure failure) {
                LOG.atWarn()
                        .addKeyValue("instance", desk.name())
                        .addKeyValue("reason", failure.reason().label())
                        .addKeyValue("why", failure.detail())
                        .log("could not be reconciled");
                unread.add(desk.name() + ": " + failure.detail());
            }
            if (desk.gateway().changes().journalAccess() == JournalAccess.HIDDEN) {
                unread.add(desk.name() + ": the journal is hidden from the integration user");
            }
        }
        return new Reconciliation(clock.instant(), incidents, repair, findings, unread);
    }

    private int compare(Desk desk, boolean repair, List<Finding> findings) {
        // A look that fails is taken again the next night.
        Incidence incidence = new Incidence(desk, Patient.NONE);
        Map<String, List<IncidentRecord>> byTicket = incidence.byCorrelation();
        Set<String> present = new HashSet<>();
        List<IncidentRecord> open = new ArrayList<>();
        for (List<IncidentRecord> ofTicket : byTicket.values()) {
            duplicates(desk, ofTicket).ifPresent(findings::add);
            for (IncidentRecord incident : ofTicket) {
                present.add(incident.sysId());
                boolean known = store.byIncident(desk.name(), incident.sysId()).isPresent();
                if (!known) {
                    stranger(desk, ofTicket, incident, repair).ifPresent(findings::add);
                } else if (!state(incident).terminal()) {
                    open.add(incident);
                }
            }
        }
        for (int start = 0; start < open.size(); start += AT_A_TIME) {
            open(desk, incidence, open.subList(start, Math.min(open.size(), start + AT_A_TIME)), repair, findings);
        }
        missing(desk, present, findings);
        store(desk, findings);
        ask(desk, open, repair);
        return present.size();
    }

    private static Optional<Finding> duplicates(Desk desk, List<IncidentRecord> ofTicket) {
        List<IncidentRecord> active =
                ofTicket.stream().filter(incident -> state(incident).active()).toList();
        return active.size() < 2
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.DUPLICATE,
                        desk.name(),
                        active.stream().map(IncidentRecord::number).sorted().collect(Collectors.joining(" ")),
                        active.get(0).correlationId(),
                        active.size() + " active incidents"));
    }

    /** A ticket of which nothing is known is recreated as after a rebuild; to a known one nothing is added unseen. */
    private Optional<Finding> stranger(
            Desk desk, List<IncidentRecord> ofTicket, IncidentRecord stranger, boolean repair) {
        String id = stranger.correlationId();
        Optional<Ticket> known =
                TicketId.isTicketId(id) ? recreation.known(desk.name(), new TicketId(id)) : Optional.empty();
        if (known.isPresent()) {
            // An incident that is being made at this moment is no stranger.
            return store.openIntents(known.get()).isEmpty()
                    ? Optional.of(finding(desk, Kind.EXTRA, stranger, "beside " + numbers(known.get())))
                    : Optional.empty();
        }
        List<Found> found = new Incidence(desk, Patient.NONE).found(ofTicket);
        Recreate.Result result = Recreate.of(
                found,
                Optional.empty(),
                desk.name(),
                desk.user(),
                desk::asksForQuiet,
                new Horizon(Instant.EPOCH, clock.instant()));
        if (result.found().isEmpty()) {
            return Optional.of(finding(desk, Kind.FOREIGN, stranger, stranger.shortDescription()));
        }
        if (repair) {
            recreation.keep(result.found().get());
        }
        return Optional.of(finding(desk, Kind.ORPHANED, stranger, "known by its machine line"));
    }

    private void open(
            Desk desk, Incidence incidence, List<IncidentRecord> some, boolean repair, List<Finding> findings) {
        List<String> sysIds = some.stream().map(IncidentRecord::sysId).toList();
        Map<String, List<JournalEntry>> journals = incidence.journals(sysIds);
        Map<String, List<FileRecord>> files = incidence.files(sysIds);
        Set<String> offered = book.knownFiles(
                desk.name(),
                files.values().stream()
                        .flatMap(List::stream)
                        .map(FileRecord::sysId)
                        .toList());
        List<IncidentRecord> repairable = new ArrayList<>();
        for (IncidentRecord incident : some) {
            Shown shown = new Shown(
                    incident,
                    journals.getOrDefault(incident.sysId(), List.of()),
                    files.getOrDefault(incident.sysId(), List.of()));
            Instant there = incidence.serverTime().orElseGet(clock::instant);
            List<Finding> differs = differences(desk, shown, offered, there);
            if (differs.stream().map(Finding::kind).anyMatch(OF_THE_MOMENT::contains)) {
                shown = shown.with(desk.gateway().read(incident.sysId()).orElse(incident));
                differs = differences(desk, shown, offered, there);
            }
            findings.addAll(differs);
            if (differs.stream().anyMatch(finding -> finding.kind().safe())) {
                repairable.add(shown.incident());
            }
        }
        if (repair && !repairable.isEmpty()) {
            hear.accept(new Round(
                    desk, "", repairable, journals, files, Set.of(), deferred -> Optional.empty(), Set.of(), true));
        }
    }

    /** @param there the instance's own time */
    private List<Finding> differences(Desk desk, Shown shown, Set<String> offered, Instant there) {
        Ticket ticket = store.byIncident(desk.name(), shown.incident().sysId()).orElseThrow();
        Incident incident = ticket.chain().stream()
                .filter(one -> one.sysId().equals(shown.incident().sysId()))
                .findFirst()
                .orElseThrow();
        Set<String> heard = ledger.known(
                desk.name(), shown.journal().stream().map(JournalEntry::sysId).toList());
        boolean busy = !store.openIntents(ticket).isEmpty();
        // Without commands no file is offered, and what people wrote is heard all the same.
        Set<String> files = commands.on()
                ? offered
                : shown.files().stream().map(FileRecord::sysId).collect(Collectors.toSet());
        List<Finding> found = new ArrayList<>(
                Comparison.of(new Remembered(ticket, incident, heard, files, busy), shown, desk.user(), there));
        Comparison.unlisted(ticket, book.askedAt(ticket.tenant()), clock.instant())
                .ifPresent(found::add);
        return found;
    }

    private void missing(Desk desk, Set<String> present, List<Finding> findings) {
        List<String> some = store.openIncidents(desk.name(), "", MOST);
        while (!some.isEmpty()) {
            missing(desk, some, present).stream()
                    .flatMap(sysId -> store.byIncident(desk.name(), sysId).stream()
                            .flatMap(ticket -> ticket.chain().stream()
                                    .filter(incident -> incident.sysId().equals(sysId))
                                    .map(incident -> new Finding(
                                            Kind.MISSING,
                                            desk.name(),
                                            incident.number(),
                                            ticket.id().value(),
                                            "recorded as " + incident.state()))))
                    .forEach(findings::add);
            some = store.openIncidents(desk.name(), some.get(some.size() - 1), MOST);
        }
    }

    /** What was not shown at the beginning may be younger than that, so it is asked for by name. */
    private static List<String> missing(Desk desk, List<String> some, Set<String> present) {
        List<String> unseen =
                some.stream().filter(sysId -> !present.contains(sysId)).toList();
        Set<String> there = unseen.isEmpty()
                ? Set.of()
                : desk.gateway().changes().incidents(unseen).stream()
                        .map(IncidentRecord::sysId)
                        .collect(Collectors.toSet());
        return unseen.stream().filter(sysId -> !there.contains(sysId)).toList();
    }

    private void store(Desk desk, List<Finding> findings) {
        Instant now = clock.instant();
        book.withoutIncident(desk.name(), MOST).stream()
                .flatMap(ticket -> Comparison.withoutIncident(ticket, now).stream())
                .forEach(findings::add);
        int unsent = commands.on() ? book.unsentSince(desk.name(), now.minus(WAITS)) : 0;
        if (unsent > 0) {
            findings.add(new Finding(Kind.COMMAND_UNSENT, desk.name(), "", "", unsent + " commands"));
        }
        int aside = book.setAside(desk.name());
        if (aside > 0) {
            findings.add(new Finding(Kind.CHANGE_SET_ASIDE, desk.name(), "", "", aside + " changes"));
        }
    }

    /** The answers come as events, and go the way of every event; what does not come is found the next time. */
    private void ask(Desk desk, Collection<IncidentRecord> open, boolean repair) {
        if (!repair || !asking) {
            return;
        }
        open.stream()
                .flatMap(incident -> store.byIncident(desk.name(), incident.sysId()).stream())
                .map(Ticket::tenant)
                .distinct()
                .forEach(tenant -> store.commit(new Commit()
                        .commands(commands.ofTenant(
                                tenant,
                                desk.name(),
                                Commands.snapshot(desk.name(), clock.instant()),
                                new Request.SnapshotRequest()))));
    }

    private static Finding finding(Desk desk, Kind kind, IncidentRecord incident, String detail) {
        return new Finding(kind, desk.name(), incident.number(), incident.correlationId(), detail);
    }

    private static String numbers(Ticket ticket) {
        return ticket.chain().isEmpty()
                ? "a ticket without an incident yet"
                : ticket.chain().stream().map(Incident::number).collect(Collectors.joining(" "));
    }

    private static IncidentState state(IncidentRecord incident) {
        return incident.state().orElse(IncidentState.IN_PROGRESS);
    }
}
