package io.roombridge.route;

import io.roombridge.closing.Activity;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DeskReading;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.TicketActivity;
import io.roombridge.servicenow.ClosingView;
import io.roombridge.servicenow.ClosingView.FileEntry;
import io.roombridge.servicenow.JournalAccess;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The look at an incident right before and right after it is closed: has anybody done anything that is not known yet? */
final class LastLook {

    private final CorrelationStore store;
    private final Activities activities;
    private final HeardEntries ledger;
    private final Clock clock;

    LastLook(CorrelationStore store, Activities activities, HeardEntries ledger, Clock clock) {
        this.store = store;
        this.activities = activities;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What speaks against closing the incident as it shows now.
     *
     * @param countFrom files from before it are known
     */
    Optional<String> objection(Desk desk, Ticket ticket, ClosingView view, Instant countFrom) {
        if (view.incident().state().filter(IncidentState::active).isEmpty()) {
            return Optional.of("the incident is over");
        } else if (!activities
                .reading(desk.name(), view.incident().sysId())
                .map(DeskReading::view)
                .equals(Optional.of(DeskActivity.view(desk.name(), view.incident())))) {
            return Optional.of("the incident was changed and has to be read first");
        } else if (view.journal().isEmpty() || desk.gateway().changes().journalAccess() == JournalAccess.HIDDEN) {
            return Optional.of("the journal of the incident cannot be read");
        } else if (!view.ties().isEmpty()) {
            return Optional.of(String.join("; ", view.ties()));
        } else if (!unheard(desk, view).isEmpty()) {
            return Optional.of("somebody wrote in it, which has to be read first");
        } else if (noteFiles(desk, ticket, view, countFrom)) {
            return Optional.of("somebody attached a file");
        }
        return Optional.empty();
    }

    /**
     * Records what people did before the closing and the bridge did not know: entries and files that the reading after it
     * shows. What they mean is told by the next reading of the journal.
     *
     * @return whether there was anything
     */
    boolean overtaken(Desk desk, Ticket ticket, ClosingView after, Instant countFrom, Instant closedAt) {
        List<Activity> late = unheard(desk, after).stream()
                .filter(entry ->
                        entry.createdOn().filter(at -> !at.isAfter(closedAt)).isPresent())
                .map(entry -> Activity.entry(
                        "late-" + entry.sysId(),
                        Activity.Kind.SOC_NOTE,
                        entry.createdOn().orElseThrow()))
                .toList();
        record(ticket, late);
        boolean file = noteFiles(desk, ticket, after, countFrom);
        return !late.isEmpty() || file;
    }

    private List<JournalEntry> unheard(Desk desk, ClosingView view) {
        Set<String> known = ledger.known(
                desk.name(), view.journal().stream().map(JournalEntry::sysId).toList());
        return view.journal().stream()
                .filter(entry -> !known.contains(entry.sysId()))
                .filter(entry -> PeopleFirst.human(entry, desk.user()))
                .toList();
    }

    /** What has not been read by the sweep yet is recorded here. */
    private boolean noteFiles(Desk desk, Ticket ticket, ClosingView view, Instant countFrom) {
        Set<String> known =
                Set.copyOf(activities.of(ticket).stream().map(Activity::id).toList());
        List<Activity> found = view.files().stream()
                .filter(file -> !file.createdBy().equalsIgnoreCase(desk.user()))
                .flatMap(file -> fact(file, countFrom))
                .filter(fact -> !known.contains(fact.id()))
                .toList();
        record(ticket, found);
        return !found.isEmpty();
    }

    private static Stream<Activity> fact(FileEntry file, Instant countFrom) {
        return file.createdOn().stream()
                .filter(at -> at.isAfter(countFrom))
                .map(at -> DeskActivity.file(file.sysId(), at, false));
    }

    private void record(Ticket ticket, List<Activity> facts) {
        if (!facts.isEmpty()) {
            store.commit(new Commit()
                    .activities(facts.stream()
                            .map(fact -> new TicketActivity(
                                    ticket.tenant(), ticket.instance(), ticket.id(), fact, clock.instant()))
                            .toList()));
        }
    }
}
