package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.PollCursors;
import io.roombridge.correlation.PollCursors.Place;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.log.Recurring;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentChanges;
import io.roombridge.servicenow.IncidentChanges.Cursor;
import io.roombridge.servicenow.IncidentChanges.Page;
import io.roombridge.servicenow.IncidentChanges.Position;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.servicenow.PollCursor;
import io.roombridge.ticket.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each ServiceNow instance: our incidents that changed since its cursor, and the journals of only those; now and
 * then also every open incident, because not every file moves its incident's time and a deleted incident shows in no
 * other reading (design, section 3.4).
 */
public final class ReadChanges {

    static final String CHANGES = "changes";
    static final String SWEEP = "sweep";

    /** Out of turn, and moves no cursor. */
    static final String GIVEN_BACK = "given-back";

    private static final Logger LOG = LoggerFactory.getLogger(ReadChanges.class);
    private static final int PAGE = 200;
    private static final int PAGES = 10;
    private static final int SWEPT_AT_A_TIME = 60;

    /** An entry that was not found for so long was deleted. */
    static final Duration GIVEN_BACK_WITHIN = Duration.ofDays(1);

    /** A sweep that failed is not tried at every look. */
    private static final Duration RETRY_SWEEP = Duration.ofMinutes(2);

    /** An access rule that hides incidents looks like their deletion; more than this share at once is not believed. */
    private static final double BELIEVABLY_GONE = 0.2;

    private static final int SURELY_FEW = 5;

    private final Recurring failing = new Recurring(LOG);
    private final CorrelationStore store;
    private final HeardEntries ledger;
    private final PortalOutbox outbox;
    private final PollCursors cursors;
    private final Desks desks;
    private final Alongside<List<Round>> alongside = new Alongside<>();
    private final Commands commands;
    private final Instant completeSince;
    private final PollCursor pollCursor;
    private final Duration sweep;
    private final Clock clock;
    private final Map<String, Instant> sweepsTried = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> missedBefore = new ConcurrentHashMap<>();

    /**
     * @param completeSince where the first reading of an instance begins
     * @param lag how far reading stays behind an instance's clock
     * @param sweep how often every open incident is looked at
     */
    ReadChanges(
            CorrelationStore store,
            HeardEntries ledger,
            PortalOutbox outbox,
            PollCursors cursors,
            Desks desks,
            Commands commands,
            Instant completeSince,
            Duration lag,
            Duration sweep,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.outbox = outbox;
        this.cursors = cursors;
        this.desks = desks;
        this.commands = commands;
        this.completeSince = completeSince;
        this.pollCursor = new PollCursor(PollCursor.DEFAULT_OVERLAP, lag);
        this.sweep = sweep;
        this.clock = clock;
    }

    /** An instance that does not answer is read in a later cycle, from the same cursor. */
    public List<Round> read() {
        return alongside.each(desks.all(), this::look).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Round> look(Desk desk) {
        List<Round> rounds = new ArrayList<>();
        tried(desk, "what changed in ServiceNow could not be read", () -> rounds.addAll(rounds(desk)));
        return rounds;
    }

    private void tried(Desk desk, String otherwise, Runnable reading) {
        try {
            reading.run();
            failing.over(desk.name() + otherwise)
                    .addKeyValue("instance", desk.name())
                    .log("what is read of ServiceNow is complete again");
        } catch (RuntimeException failure) {
            failing.failed(desk.name() + otherwise)
                    .addKeyValue("instance", desk.name())
                    .addKeyValue("why", failure.getMessage())
                    .log(otherwise + "; tried again later");
        }
    }

    /** While the hub does not accept what was decided before, nothing more is read: the back-pressure of this direction. */
    private List<Round> rounds(Desk desk) {
        if (commands.on() && !outbox.drained(desk.name())) {
            return List.of(Round.onlyToTell(desk));
        }
        List<Round> rounds = new ArrayList<>();
        Place begin = cursors.at(desk.name(), CHANGES).orElseGet(() -> place(pollCursor.start(completeSince)));
        List<Page> pages = pages(desk, begin);
        rounds.add(changes(desk, begin, pages));
        rounds.addAll(givenBack(desk));
        Instant now = pages.get(0).serverTime().orElseGet(clock::instant);
        Place swept = cursors.at(desk.name(), SWEEP).orElseGet(() -> Place.from(completeSince));
        Instant tried = sweepsTried.getOrDefault(desk.name(), Instant.MIN);
        if (!now.isBefore(swept.from().plus(sweep)) && (tried.isAfter(now) || !now.isBefore(tried.plus(RETRY_SWEEP)))) {
            // Each entry is offered to two sweeps: one of them may find its ticket busy.
            Instant from = swept.from().minus(sweep).minus(pollCursor.overlap());
            // What the look has read already is not lost with a sweep that fails; the next one waits its time.
            sweepsTried.put(desk.name(), now);
            tried(desk, "the open incidents could not be looked at", () -> rounds.addAll(sweep(desk, from, now)));
        }
        return rounds;
    }

    /** What a person wants to be heard again lies behind the cursor, and perhaps in an incident that is over. */
    private List<Round> givenBack(Desk desk) {
        List<String> sysIds = ledger.toLookAt(desk.name(), clock.instant().minus(GIVEN_BACK_WITHIN));
        if (sysIds.isEmpty()) {
            return List.of();
        }
        IncidentChanges changes = desk.gateway().changes();
        Map<String, List<JournalEntry>> journals = changes.journals(sysIds, Optional.empty()).stream()
                .collect(Collectors.groupingBy(JournalEntry::incident));
        Map<String, List<FileRecord>> files =
                list(desk, sysIds, Instant.EPOCH).stream().collect(Collectors.groupingBy(FileRecord::incident));
        return List.of(new Round(
                desk, GIVEN_BACK, changes.incidents(sysIds), journals, files, Set.of(), deferred -> Optional.empty()));
    }

    private List<Page> pages(Desk desk, Place begin) {
        List<Page> pages = new ArrayList<>();
        Cursor cursor = cursor(begin);
        do {
            Page page = desk.gateway().changes().since(cursor, PAGE);
            pages.add(page);
            cursor = new Cursor(cursor.from(), page.last(), cursor.restart());
        } while (pages.get(pages.size() - 1).more() && pages.size() < PAGES);
        return pages;
    }

    private Round changes(Desk desk, Place begin, List<Page> pages) {
        List<IncidentRecord> incidents =
                pages.stream().flatMap(page -> page.incidents().stream()).toList();
        Map<Boolean, List<String>> bySight = bySight(desk, incidents);
        Instant from = begin.from().minus(pollCursor.overlap());
        return new Round(
                desk,
                CHANGES,
                incidents,
                journals(desk, bySight, from),
                files(desk, bySight, from),
                Set.of(),
                deferred -> Optional.of(place(pollCursor
                        .next(
                                cursor(begin),
                                pages,
                                incidents.stream()
                                        .filter(incident -> deferred.contains(incident.sysId()))
                                        .toList())
                        .next())));
    }

    /** Entries of incidents that are seen for the first time are read from their beginning. */
    private static Map<String, List<JournalEntry>> journals(
            Desk desk, Map<Boolean, List<String>> bySight, Instant from) {
        IncidentChanges changes = desk.gateway().changes();
        return Stream.concat(
                        read(changes, bySight.get(true), Optional.empty()),
                        read(changes, bySight.get(false), Optional.of(from)))
                .collect(Collectors.groupingBy(JournalEntry::incident));
    }

    /** Files of incidents that are seen for the first time are read from their beginning. */
    private static Map<String, List<FileRecord>> files(Desk desk, Map<Boolean, List<String>> bySight, Instant from) {
        return Stream.of(list(desk, bySight.get(true), Instant.EPOCH), list(desk, bySight.get(false), from))
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(FileRecord::incident));
    }

    private static List<FileRecord> list(Desk desk, List<String> sysIds, Instant from) {
        return sysIds.isEmpty() ? List.of() : desk.gateway().files().list(sysIds, from);
    }

    private static Stream<JournalEntry> read(IncidentChanges changes, List<String> sysIds, Optional<Instant> from) {
        return sysIds.isEmpty() ? Stream.empty() : changes.journals(sysIds, from).stream();
    }

    /** Under true those that are seen for the first time. */
    private Map<Boolean, List<String>> bySight(Desk desk, List<IncidentRecord> incidents) {
        return incidents.stream()
                .map(IncidentRecord::sysId)
                .collect(Collectors.partitioningBy(sysId -> firstSight(desk, sysId)));
    }

    private boolean firstSight(Desk desk, String sysId) {
        return store.byIncident(desk.name(), sysId).stream()
                .flatMap(ticket -> ticket.chain().stream())
                .filter(incident -> incident.sysId().equals(sysId))
                .map(Incident::told)
                .anyMatch(told -> !told.linked());
    }

    /** Rounds of some open incidents each; only the last one moves the cursor, when all before it are heard and told. */
    private List<Round> sweep(Desk desk, Instant from, Instant now) {
        List<Round> rounds = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        int asked = 0;
        List<String> some = store.openIncidents(desk.name(), "", SWEPT_AT_A_TIME);
        // An access rule for the journal may have been lost since the last sweep, or given.
        some.stream().findFirst().ifPresent(desk.gateway().changes()::probe);
        while (!some.isEmpty()) {
            List<IncidentRecord> found = desk.gateway().changes().incidents(some);
            asked += some.size();
            missing.addAll(some);
            found.forEach(incident -> missing.remove(incident.sysId()));
            rounds.add(swept(desk, found, from));
            some = store.openIncidents(desk.name(), some.get(some.size() - 1), SWEPT_AT_A_TIME);
        }
        Set<String> gone = gone(desk, missing, asked);
        rounds.add(
                new Round(desk, SWEEP, List.of(), Map.of(), Map.of(), gone, deferred -> Optional.of(Place.from(now))));
        return rounds;
    }

    private Round swept(Desk desk, List<IncidentRecord> found, Instant from) {
        Map<Boolean, List<String>> bySight = bySight(desk, found);
        return new Round(
                desk,
                SWEEP,
                found,
                journals(desk, bySight, from),
                files(desk, bySight, from),
                Set.of(),
                deferred -> Optional.empty());
    }

    /** Deleted are those that two sweeps missed while most others were shown, and that are not there when asked for alone. */
    private Set<String> gone(Desk desk, Set<String> missing, int asked) {
        Set<String> before = missedBefore.getOrDefault(desk.name(), Set.of());
        missedBefore.put(desk.name(), Set.copyOf(missing));
        boolean nothingShown = missing.size() == asked;
        boolean tooMany = missing.size() > SURELY_FEW && missing.size() > BELIEVABLY_GONE * asked;
        if (!missing.isEmpty() && (nothingShown || tooMany)) {
            failing.failed("hidden " + desk.name())
                    .addKeyValue("instance", desk.name())
                    .addKeyValue("count", missing.size())
                    .addKeyValue("of", asked)
                    .log(
                            "incidents are not shown any more; so many are taken for hidden by an access rule, not for deleted");
            return Set.of();
        }
        failing.over("hidden " + desk.name())
                .addKeyValue("instance", desk.name())
                .log("the open incidents are shown again");
        return missing.stream()
                .filter(before::contains)
                .filter(sysId -> desk.gateway().read(sysId).isEmpty())
                .collect(Collectors.toSet());
    }

    private static Cursor cursor(Place place) {
        return new Cursor(place.from(), place.after().map(row -> new Position(row.at(), row.sysId())), place.restart());
    }

    private static Place place(Cursor cursor) {
        return new Place(
                cursor.from(),
                cursor.after().map(row -> new Place.Row(row.updatedOn(), row.sysId())),
                cursor.restart());
    }
}
