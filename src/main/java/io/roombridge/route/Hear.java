package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.VersionMoved;
import io.roombridge.route.PassOn.Passed;
import io.roombridge.route.Turns.Noticed;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    private final CorrelationStore store;
    private final HeardEntries ledger;
    private final PassOn passOn;
    private final TellNews tellNews;
    private final Turns turns;
    private final Outcomes outcomes;
    private final Clock clock;

    Hear(
            CorrelationStore store,
            HeardEntries ledger,
            PassOn passOn,
            TellNews tellNews,
            Turns turns,
            Outcomes outcomes,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.passOn = passOn;
        this.tellNews = tellNews;
        this.turns = turns;
        this.outcomes = outcomes;
        this.clock = clock;
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

    /** One incident that cannot be heard must not keep the others from being heard; it is shown again. */
    private static boolean settled(Desk desk, String incident, BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (VersionMoved busy) {
            return false;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("instance", desk.name())
                    .addKeyValue("incident", incident)
                    .setCause(e)
                    .log("an incident could not be heard; it is read again");
            return false;
        }
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
        commit(desk, ticket.get(), read, entries, news, noticed);
        return !busy;
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
            commit.ticket(ticket.withIncident(read.sysId(), known -> news.incident()));
        }
        commit.commands(tellNews.first(desk, ticket, read, news));
        entries.forEach(passed -> commit.heard(List.of(passed.entry())).commands(passed.commands()));
        commit.commands(tellNews.last(desk, ticket, read, news));
        store.commit(commit.history(ticket, lines(read, entries, news)));
        entries.forEach(passed -> outcomes.countOfDesk(passed.entry().outcome()));
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
