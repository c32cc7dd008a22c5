package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.HeardEntry;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.mapping.MappingFailed;
import io.roombridge.route.Outcomes.Side;
import io.roombridge.route.PassOn.Passed;
import io.roombridge.route.Turns.Noticed;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
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
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
        boolean whole = true;
        for (IncidentRecord read : round.incidents()) {
            Course course = course(round.desk(), read.sysId(), () -> heard(round, read));
            whole &= course != Course.UNHEARD;
            if (course != Course.SETTLED) {
                deferred.add(read.sysId());
            } else if (round.cursor().equals(ReadChanges.GIVEN_BACK)) {
                ledger.lookedAt(round.desk().name(), read.sysId());
            }
        }
        for (String sysId : round.gone()) {
            whole &= course(round.desk(), sysId, () -> vanished(round.desk(), sysId)) != Course.UNHEARD;
        }
        return round.heard(deferred, whole);
    }

    /** What became of an incident in a round. */
    private enum Course {
        SETTLED,
        /** What people wrote is committed; its state has to be shown again. */
        STATE_LATER,
        /** Nothing of it is committed. */
        UNHEARD
    }

    /**
     * One incident that cannot be heard must not keep the others from being heard. It is shown again, so often; then it
     * is kept for a person, and the reading goes on without it.
     */
    private Course course(Desk desk, String incident, Supplier<Course> step) {
        String name = delivery(desk, incident);
        try {
            Course course = step.get();
            failures.remove(name);
            return course;
        } catch (VersionMoved busy) {
            return Course.UNHEARD;
        } catch (ServiceNowFailure instance) {
            LOG.atDebug().addKeyValue("incident", incident).setCause(instance).log("heard later");
            return Course.UNHEARD;
        } catch (RuntimeException e) {
            int times = failures.merge(name, 1, Integer::sum);
            LOG.atLevel(times == 1 ? Level.WARN : Level.DEBUG)
                    .addKeyValue("instance", desk.name())
                    .addKeyValue("incident", incident)
                    .addKeyValue("attempt", times)
                    .setCause(e)
                    .log("an incident could not be heard");
            return times >= PATIENCE ? keptForPerson(desk, incident, e) : Course.UNHEARD;
        }
    }

    private Course keptForPerson(Desk desk, String incident, RuntimeException why) {
        store.byIncident(desk.name(), incident)
                .ifPresent(ticket -> store.commit(new Commit()
                        .deadLetter(Unheard.incident(
                                desk, ticket, incident, Reason.EXHAUSTED, why.toString(), clock.instant()))));
        failures.remove(delivery(desk, incident));
        outcomes.countAll(
                Side.SERVICENOW, delivery(desk, incident), new Outcome.Dead(Reason.EXHAUSTED, why.toString()));
        return Course.SETTLED;
    }

    private Course heard(Round round, IncidentRecord read) {
        Desk desk = round.desk();
        Optional<Ticket> ticket = store.byIncident(desk.name(), read.sysId());
        if (ticket.isEmpty()) {
            // Carries an id of ours but belongs to no ticket: copied by a person, or left by a write that was cut off,
            // which the ticket's next step finds.
            LOG.atDebug().addKeyValue("incident", read.number()).log("not an incident of any ticket");
            return Course.SETTLED;
        }
        // A ticket with a write under way keeps its state for later; what people wrote is passed on at once.
        boolean busy = !store.openIntents(ticket.get()).isEmpty();
        List<JournalEntry> fresh = fresh(round, read);
        Set<String> again = givenBack(desk, fresh);
        outcomes.read(
                Side.SERVICENOW,
                fresh.stream()
                        .map(JournalEntry::sysId)
                        .filter(sysId -> !again.contains(sysId))
                        .map(sysId -> new Arrival(delivery(desk, read.sysId()), sysId))
                        .toList());
        List<Passed> entries = fresh.stream()
                .map(entry -> passOn.on(desk, ticket.get(), read.number(), entry))
                .toList();
        Incident known = incident(ticket.get(), read.sysId());
        IncidentRecord shows = busy ? read : present(desk, known, read);
        List<FileRecord> files = round.files().getOrDefault(read.sysId(), List.of());
        Noticed noticed = turns.noticed(desk, ticket.get(), shows, fresh, entries, files, busy);
        offer(ticket.get(), files);
        DeskNews news = busy ? DeskNews.none(known) : DeskNews.of(known, shows);
        commit(desk, ticket.get(), shows, entries, news, noticed);
        entries.forEach(passed -> count(desk, passed.entry(), again));
        entries.forEach(passed -> outcomes.withheld(Side.SERVICENOW, passed.withheld()));
        return busy ? Course.STATE_LATER : Course.SETTLED;
    }

    /** The entries that are heard for a second time, because a person had their letters replayed. */
    private Set<String> givenBack(Desk desk, List<JournalEntry> fresh) {
        return fresh.isEmpty()
                ? Set.of()
                : ledger.givenBack(desk.name(), clock.instant().minus(ReadChanges.GIVEN_BACK_WITHIN));
    }

    private void count(Desk desk, HeardEntry entry, Set<String> again) {
        if (again.contains(entry.sysId())) {
            outcomes.countReplay(Side.SERVICENOW, entry.outcome());
        } else {
            outcomes.count(
                    Side.SERVICENOW, new Arrival(delivery(desk, entry.incident()), entry.sysId()), entry.outcome());
        }
    }

    /** What is shown again as a whole until it is heard. */
    private static String delivery(Desk desk, String incident) {
        return desk.name() + "/" + incident;
    }

    /**
     * The incident as it is now, if what was read of it is news. The bridge itself may have changed it since, and its own
     * write must not be told as a person's. What it writes after this moves the ticket's version, so the commit is refused.
     */
    private static IncidentRecord present(Desk desk, Incident known, IncidentRecord read) {
        return DeskNews.of(known, read).incident().state() == known.told().state()
                ? read
                : desk.gateway().read(read.sysId()).orElse(read);
    }

    /** Files travel as jobs of their own; one that was offered before, or that the bridge brought, is known there. */
    private void offer(Ticket ticket, List<FileRecord> files) {
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
        return all.stream()
                .filter(entry -> !known.contains(entry.sysId()))
                .filter(entry -> !knownOtherwise(round.desk(), entry))
                .toList();
    }

    private boolean knownOtherwise(Desk desk, JournalEntry entry) {
        boolean comment = entry.element().equals("comments");
        return entry.createdOn()
                .filter(at -> ledger.knownOtherwise(desk.name(), entry.incident(), comment, entry.fromDisplay(), at))
                .isPresent();
    }

    /** The number before what people wrote, the state after it: whoever puts a ticket on hold says why in the same save. */
    private void commit(
            Desk desk, Ticket ticket, IncidentRecord read, List<Passed> entries, DeskNews news, Noticed noticed) {
        boolean changed = !news.incident().equals(incident(ticket, read.sysId()));
        if (!changed && entries.isEmpty() && noticed.nothing()) {
            return;
        }
        Commit commit = new Commit().activities(noticed.activities());
        noticed.reading().ifPresent(commit::seen);
        if (changed) {
            commit.ticket(shown(desk, ticket, read, news));
        }
        commit.commands(tellNews.first(desk, ticket, read, news));
        for (Passed passed : entries) {
            commit.heard(List.of(passed.entry())).commands(passed.commands());
            passed.letter().ifPresent(commit::deadLetter);
        }
        tellState(commit, desk, ticket, read, news);
        store.commit(commit.history(ticket, lines(read, entries, news)));
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
            Incident known = incident(ticket, read.sysId());
            commit.deadLetter(
                    Unheard.state(desk, ticket, known, news.incident(), failed.getMessage(), clock.instant()));
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
    private Course vanished(Desk desk, String sysId) {
        Optional<Ticket> ticket = store.byIncident(desk.name(), sysId);
        if (ticket.isEmpty()) {
            return Course.SETTLED;
        }
        if (!store.openIntents(ticket.get()).isEmpty()) {
            return Course.STATE_LATER;
        }
        outcomes.countAll(Side.SERVICENOW, delivery(desk, sysId), new Outcome.Ignored(Reason.RECORD_GONE));
        Incident known = incident(ticket.get(), sysId);
        Incident gone = known.withState(IncidentState.CANCELED)
                .telling(known.told().withState(IncidentState.CANCELED, Optional.empty()));
        if (!gone.equals(known)) {
            store.commit(new Commit()
                    .ticket(ticket.get().withIncident(sysId, same -> gone))
                    .commands(tellNews.deleted(desk, ticket.get(), known))
                    .history(List.of(line(sysId, known.number() + ": deleted in ServiceNow"))));
        }
        return Course.SETTLED;
    }
}
