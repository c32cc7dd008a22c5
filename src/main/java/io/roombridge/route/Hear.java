package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.mapping.MappingFailed;
import io.roombridge.route.PassOn.Passed;
import io.roombridge.route.Turns.Noticed;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what people wrote and did in ServiceNow: forgets the bridge's own echoes and commits what remains, incident by
 * incident, together with the commands by which the portal is told. Sends nothing itself.
 */
public final class Hear {

    private static final Logger LOG = LoggerFactory.getLogger(Hear.class);

    /** How often an incident that cannot be heard is shown again. */
    private static final int PATIENCE = 10;

    private final CorrelationStore store;
    private final HeardEntries ledger;
    private final PassOn passOn;
    private final TellNews tellNews;
    private final Turns turns;
    private final Lookout lookout;
    private final Outcomes outcomes;
    private final Clock clock;
    private final Clock machine;
    private final Map<String, Integer> failures = new HashMap<>();

    Hear(
            CorrelationStore store,
            HeardEntries ledger,
            PassOn passOn,
            TellNews tellNews,
            Turns turns,
            Lookout lookout,
            Outcomes outcomes,
            Clock clock,
            Clock machine) {
        this.store = store;
        this.ledger = ledger;
        this.passOn = passOn;
        this.tellNews = tellNews;
        this.turns = turns;
        this.lookout = lookout;
        this.outcomes = outcomes;
        this.clock = clock;
        this.machine = machine;
    }

    /** Returns the round with the incidents that have to be shown again. */
    public Round hear(@Body Round round) {
        Set<String> deferred = new HashSet<>();
        for (IncidentRecord read : round.incidents()) {
            if (!settled(round.desk(), read.sysId(), () -> heard(round, read))) {
                deferred.add(read.sysId());
            }
        }
        for (String sysId : round.gone()) {
            if (!settled(round.desk(), sysId, () -> vanished(round.desk(), sysId))) {
                deferred.add(sysId);
            }
        }
        return round.deferring(deferred);
    }

    /**
     * One incident that cannot be heard must not keep the others from being heard. It is shown again, so often; then it
     * is kept for a person, and the reading goes on without it.
     */
    private boolean settled(Desk desk, String incident, BooleanSupplier step) {
        String name = desk.name() + "/" + incident;
        try {
            boolean settled = step.getAsBoolean();
            failures.remove(name);
            return settled;
        } catch (VersionMoved busy) {
            return false;
        } catch (ServiceNowFailure instance) {
            LOG.atDebug().addKeyValue("incident", incident).setCause(instance).log("heard later");
            return false;
        } catch (RuntimeException e) {
            int times = failures.merge(name, 1, Integer::sum);
            LOG.atWarn()
                    .addKeyValue("instance", desk.name())
                    .addKeyValue("incident", incident)
                    .addKeyValue("times", times)
                    .setCause(e)
                    .log("an incident could not be heard");
            return times >= PATIENCE && keptForPerson(desk, incident, e);
        }
    }

    private boolean keptForPerson(Desk desk, String incident, RuntimeException why) {
        store.byIncident(desk.name(), incident)
                .ifPresent(ticket -> store.commit(new Commit()
                        .deadLetter(Unheard.incident(
                                desk, ticket, incident, Reason.EXHAUSTED, why.toString(), clock.instant()))));
        failures.remove(desk.name() + "/" + incident);
        return true;
    }

    /** Whether everything that the incident shows is committed. */
    private boolean heard(Round round, IncidentRecord read) {
        Desk desk = round.desk();
        Optional<Ticket> ticket = store.byIncident(desk.name(), read.sysId());
        if (ticket.isEmpty()) {
            // Carries an id of ours but belongs to no ticket: copied by a person, or left by a write that was cut off,
            // which the ticket's next step finds.
            LOG.atDebug().addKeyValue("incident", read.number()).log("not an incident of any ticket");
            return true;
        }
        // A ticket with a write under way keeps its state for later; what people wrote is passed on at once.
        boolean busy = !store.openIntents(ticket.get()).isEmpty();
        List<JournalEntry> fresh = fresh(round, read);
        List<Passed> entries = fresh.stream()
                .map(entry -> passOn.on(desk, ticket.get(), read.number(), entry))
                .toList();
        DeskNews news = busy
                ? DeskNews.none(incident(ticket.get(), read.sysId()))
                : DeskNews.of(incident(ticket.get(), read.sysId()), read);
        Noticed noticed = turns.noticed(desk, ticket.get(), read, fresh, entries, busy);
        offer(round, ticket.get(), read);
        commit(desk, ticket.get(), read, entries, news, noticed);
        return !busy;
    }

    /** Files travel as jobs of their own; one that was offered before, or that the bridge brought, is known there. */
    private void offer(Round round, Ticket ticket, IncidentRecord read) {
        List<FileRecord> files = round.files().getOrDefault(read.sysId(), List.of());
        if (tellNews.on() && !files.isEmpty()) {
            store.commit(new Commit()
                    .files(files.stream()
                            .map(file -> FileOffers.of(ticket, file, machine.instant()))
                            .toList()));
        }
    }

    private List<JournalEntry> fresh(Round round, IncidentRecord read) {
        List<JournalEntry> all = round.journals().getOrDefault(read.sysId(), List.of());
        Set<String> known = ledger.known(
                round.desk().name(), all.stream().map(JournalEntry::sysId).toList());
        return all.stream().filter(entry -> !known.contains(entry.sysId())).toList();
    }

    /** The number before what people wrote, the state after it: whoever puts a ticket on hold says why in the same save. */
    private void commit(
            Desk desk, Ticket ticket, IncidentRecord read, List<Passed> entries, DeskNews news, Noticed noticed) {
        boolean changed = !news.incident().equals(incident(ticket, read.sysId()));
        if (!changed && entries.isEmpty() && noticed.nothing()) {
            return;
        }
        Commit commit = new Commit().activities(noticed.activities());
        noticed.view().ifPresent(commit::seen);
        if (changed) {
            commit.ticket(shown(desk, ticket, read, news));
        }
        commit.commands(tellNews.first(desk, ticket, read, news));
        entries.forEach(passed -> commit.heard(List.of(passed.entry())).commands(passed.commands()));
        tellState(commit, desk, ticket, read, news);
        store.commit(commit.history(ticket, lines(read, entries, news)));
        entries.forEach(passed -> outcomes.countOfDesk(passed.entry().outcome()));
    }

    /** The ticket with what the incident shows; an agent's resolution of an unhealthy signal starts its grace. */
    private Ticket shown(Desk desk, Ticket ticket, IncidentRecord read, DeskNews news) {
        Ticket shown = ticket.withIncident(read.sysId(), known -> news.incident());
        boolean current = ticket.current()
                .filter(incident -> incident.sysId().equals(read.sysId()))
                .isPresent();
        return news.resolvedByPerson() && current
                ? lookout.agentResolved(desk, shown, news.incident(), read.closeCode())
                : shown;
    }

    private void tellState(Commit commit, Desk desk, Ticket ticket, IncidentRecord read, DeskNews news) {
        try {
            commit.commands(tellNews.last(desk, ticket, read, news));
        } catch (MappingFailed failed) {
            commit.deadLetter(Unheard.incident(
                    desk, ticket, read.sysId(), Reason.MAPPING_FAILED, failed.getMessage(), clock.instant()));
        }
    }

    private List<HistoryEntry> lines(IncidentRecord read, List<Passed> entries, DeskNews news) {
        List<HistoryEntry> lines = new ArrayList<>();
        for (Passed passed : entries) {
            lines.add(line(passed.entry().sysId(), read.number() + ": " + passed.said()));
        }
        news.news().forEach(told -> lines.add(line(read.sysId(), read.number() + ": " + told.said())));
        return lines;
    }

    private HistoryEntry line(String cause, String said) {
        return new HistoryEntry(clock.instant(), new ChangeId("/servicenow#" + cause), "servicenow", said);
    }

    private static Incident incident(Ticket ticket, String sysId) {
        return ticket.chain().stream()
                .filter(incident -> incident.sysId().equals(sysId))
                .findFirst()
                .orElseThrow();
    }

    /** Deleted by an administrator: the portal is told, and the ticket comes back with its next episode only. */
    private boolean vanished(Desk desk, String sysId) {
        Optional<Ticket> ticket = store.byIncident(desk.name(), sysId);
        if (ticket.isEmpty()) {
            return true;
        }
        if (!store.openIntents(ticket.get()).isEmpty()) {
            return false;
        }
        Incident known = incident(ticket.get(), sysId);
        Incident gone = known.withState(IncidentState.CANCELED)
                .telling(known.told().withState(IncidentState.CANCELED, Optional.empty()));
        if (!gone.equals(known)) {
            store.commit(new Commit()
                    .ticket(ticket.get().withIncident(sysId, same -> gone))
                    .commands(tellNews.deleted(desk, ticket.get(), known))
                    .history(List.of(line(sysId, known.number() + ": deleted in ServiceNow"))));
        }
        return true;
    }
}
