package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.servicenow.Desk;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Setup;
import io.roombridge.servicenow.IncidentChanges.Cursor;
import io.roombridge.servicenow.IncidentChanges.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading what the desk did, against an instance with semantics. */
class IncidentChangesTest {

    private static final String BETH = "beth.anglin";

    private static DefaultCamelContext camel;

    private final TestClock clock = new TestClock();
    private final EmbeddedServiceNow instance =
            EmbeddedServiceNow.start(Setup.defaults().withClock(clock));
    private final Desk desk = instance.desk();
    private ServiceNowGateway gateway;
    private IncidentChanges changes;

    @BeforeAll
    static void startCamel() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stopCamel() {
        camel.stop();
    }

    @BeforeEach
    void open() {
        var user = instance.accounts().integration();
        Credentials credentials = new Credentials.Basic(user.name(), user.password());
        gateway =
                new ServiceNowGateway(camel, InstanceSettings.of("test", instance.url(), credentials), clock, () -> 0);
        changes = gateway.changes();
    }

    @AfterEach
    void close() {
        gateway.close();
        instance.close();
    }

    @Test
    void aQuietCycleIsOneCallHoweverManyIncidentsAreOpen() {
        // Given
        incidents(30);
        clock.advance(Duration.ofMinutes(10));
        long before = instance.requests().total();

        // When
        Page page = changes.since(Cursor.from(clock.instant().minusSeconds(122)), 100);

        // Then
        assertThat(page)
                .isEqualTo(new Page(List.of(), List.of(), false, Optional.empty(), Optional.of(clock.instant())));
        assertThat(instance.requests().total() - before).isEqualTo(1);
    }

    @Test
    void changesComeInPagesByTimeAndSysIdAndOnlyOurs() {
        // Given: three in each second, and one of somebody else
        desk.as(BETH).insert("incident", Map.of("short_description", "not ours"));
        List<String> ours = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            ours.addAll(incidents(3));
            clock.advance(Duration.ofSeconds(1));
        }

        // When
        List<IncidentRecord> read = new ArrayList<>();
        Cursor cursor = Cursor.from(clock.instant().minusSeconds(60));
        Page page;
        do {
            page = changes.since(cursor, 2);
            read.addAll(page.incidents());
            cursor = new Cursor(cursor.from(), page.last(), Optional.empty());
        } while (page.more());

        // Then
        assertThat(read).extracting(IncidentRecord::sysId).containsExactlyInAnyOrderElementsOf(ours);
        assertThat(read).isSortedAccordingTo((one, other) -> place(one).compareTo(place(other)));
    }

    @Test
    void aPageThatIsShortBecauseOfHiddenRowsIsNotTheLast() {
        // Given: the first twelve may not be read
        List<String> ours = incidents(12);
        Set<String> hidden = new HashSet<>(ours);
        clock.advance(Duration.ofSeconds(1));
        List<String> readable = incidents(3);
        instance.switches().hideRows(hidden::contains);

        // When
        Page page = changes.since(Cursor.from(clock.instant().minusSeconds(60)), 4);

        // Then
        assertThat(page.incidents()).extracting(IncidentRecord::sysId).containsExactlyInAnyOrderElementsOf(readable);
        assertThat(page.more()).isFalse();
    }

    @Test
    void journalsOfTheAskedIncidentsComeOldestFirstAndNobodyElses() {
        // Given
        List<String> ours = incidents(70);
        String other = incidents(1).get(0);
        desk.as(BETH).comment(other, "not asked for");
        ours.forEach(sysId -> desk.as(BETH).comment(sysId, "first"));
        clock.advance(Duration.ofSeconds(5));
        Instant later = clock.instant();
        ours.forEach(sysId -> desk.as(BETH).workNote(sysId, "second"));

        // When
        List<JournalEntry> all = changes.journals(ours, Optional.empty());
        List<JournalEntry> late = changes.journals(ours, Optional.of(later));

        // Then
        assertThat(all).hasSize(140).extracting(JournalEntry::incident).doesNotContain(other);
        assertThat(all.subList(0, 70)).extracting(JournalEntry::value).containsOnly("first");
        assertThat(late).hasSize(70).extracting(JournalEntry::value).containsOnly("second");
        assertThat(late).extracting(JournalEntry::fromDisplay).containsOnly(false);
    }

    @Test
    void moreEntriesThanAPageAreReadToTheEnd() {
        String sysId = incidents(1).get(0);
        IntStream.range(0, 1203).forEach(number -> desk.as(BETH).comment(sysId, "entry " + number));

        assertThat(changes.journals(List.of(sysId), Optional.empty()))
                .extracting(JournalEntry::sysId)
                .hasSize(1203)
                .doesNotHaveDuplicates();
    }

    @Test
    void aHiddenJournalIsFoundOutAndWhatIsShownIsParsedInstead() {
        // Given
        List<String> two = incidents(2);
        clock.advance(Duration.ofSeconds(61));
        desk.as(BETH).comment(two.get(0), "It is dark.\n\nStill.");
        clock.advance(Duration.ofSeconds(61));
        desk.as("david.loo").workNote(two.get(0), "Cable?");
        List<JournalEntry> table = changes.journals(two, Optional.empty());
        instance.switches().journalsReadable(false);
        IncidentChanges denied = gateway.changes();

        // When
        List<JournalEntry> parsed = denied.journals(two, Optional.empty());

        // Then
        assertThat(denied.journalAccess()).isEqualTo(JournalAccess.HIDDEN);
        assertThat(parsed)
                .usingRecursiveComparison()
                .ignoringFields("sysId", "createdBy", "fromDisplay")
                .isEqualTo(table);
        assertThat(parsed).extracting(JournalEntry::createdBy).containsExactly("Beth Anglin", "David Loo");
        assertThat(parsed).extracting(JournalEntry::fromDisplay).containsOnly(true);
        assertThat(denied.journals(two, Optional.empty())).isEqualTo(parsed);

        // And: once the ACL is there, a probe leads back to the table
        instance.switches().journalsReadable(true);
        assertThat(denied.probe(two.get(0))).isEqualTo(JournalAccess.READABLE);
        assertThat(denied.journals(two, Optional.empty())).isEqualTo(table);
    }

    @Test
    void anIncidentWithoutEntriesProvesNothing() {
        String sysId = incidents(1).get(0);

        assertThat(changes.probe(sysId)).isEqualTo(JournalAccess.NO_ENTRIES);
        instance.switches().journalsReadable(false);
        assertThat(changes.probe(sysId)).isEqualTo(JournalAccess.NO_ENTRIES);
        assertThat(changes.journals(List.of(sysId), Optional.empty())).isEmpty();
    }

    @Test
    void theSweepLearnsWhichIncidentsAreGone() {
        List<String> three = incidents(3);
        desk.as("admin").delete(three.get(1));

        assertThat(changes.incidents(three))
                .extracting(IncidentRecord::sysId)
                .containsExactlyInAnyOrder(three.get(0), three.get(2));
    }

    @Test
    void aBurstOf200ChangesAt20MillisecondsIsSeenWhole() {
        Burst burst = burst(new Poll() {
            private Cursor cursor = PollCursor.standard().start(clock.instant());

            @Override
            public List<IncidentRecord> read() {
                List<Page> pages = new ArrayList<>();
                Cursor here = cursor;
                do {
                    pages.add(changes.since(here, 10));
                    here = new Cursor(here.from(), pages.get(pages.size() - 1).last(), here.restart());
                } while (pages.get(pages.size() - 1).more());
                cursor = PollCursor.standard().next(cursor, pages, List.of()).next();
                return pages.stream().flatMap(page -> page.incidents().stream()).toList();
            }
        });

        assertThat(burst.comments()).isEqualTo(100);
        assertThat(burst.staleIncidents()).isEmpty();
    }

    @Test
    void aPollerThatGoesOnASecondAfterTheLastRowLosesSomeOfTheSameBurst() {
        Burst burst = burst(new Poll() {
            private Instant from = clock.instant();

            @Override
            public List<IncidentRecord> read() {
                List<IncidentRecord> rows =
                        changes.since(Cursor.from(from), 1000).incidents();
                if (!rows.isEmpty()) {
                    from = rows.get(rows.size() - 1).updatedOn().orElseThrow().plusSeconds(1);
                }
                return rows;
            }
        });

        assertThat(burst.staleIncidents()).isNotEmpty();
    }

    @Test
    void rowsThatBecomeVisibleAMinuteLateAreSeenToo() {
        // Given: every row of incident and journal has a delay of its own, up to 60 s
        instance.switches()
                .lateRows((table, sysId) -> Duration.ofSeconds(Integer.parseInt(sysId.substring(0, 4), 16) % 61));
        List<String> ours = incidents(40);
        Cursor cursor = PollCursor.standard().start(clock.instant());
        Set<String> seen = new HashSet<>();
        Set<String> comments = new HashSet<>();

        // When: comments for a minute, polls every 15 s until two minutes and a half after the last
        for (int second = 0; second < 225; second++) {
            clock.advance(Duration.ofSeconds(1));
            if (second < 60) {
                desk.as(BETH).comment(ours.get(second % 40), "comment " + second);
            }
            if (second % 15 == 14) {
                Page page = changes.since(cursor, 100);
                List<String> changed =
                        page.incidents().stream().map(IncidentRecord::sysId).toList();
                seen.addAll(changed);
                if (!changed.isEmpty()) {
                    Instant from = cursor.from().minusSeconds(120);
                    changes.journals(changed, Optional.of(from)).forEach(entry -> comments.add(entry.value()));
                }
                cursor = PollCursor.standard()
                        .next(cursor, List.of(page), List.of())
                        .next();
            }
        }

        // Then
        assertThat(seen).hasSize(40);
        assertThat(comments).hasSize(60);
    }

    private interface Poll {
        List<IncidentRecord> read();
    }

    private record Burst(int comments, List<String> staleIncidents) {}

    /** 100 comments and 100 field updates on 40 incidents, a poll after every 30th change and in quiet at the end. */
    private Burst burst(Poll poll) {
        List<String> ours = incidents(40);
        clock.advance(Duration.ofSeconds(10));
        Map<String, Integer> lastSeen = new HashMap<>();
        Set<String> comments = new HashSet<>();
        for (int change = 0; change < 200; change++) {
            clock.advance(Duration.ofMillis(20));
            String sysId = ours.get((change * 7) % 40);
            if (change % 2 == 0) {
                desk.as(BETH).comment(sysId, "comment " + change);
            } else {
                desk.as(BETH).set(sysId, "short_description", "title " + change);
            }
            if (change % 30 == 29) {
                hear(poll.read(), lastSeen, comments);
            }
        }
        for (int cycle = 0; cycle < 3; cycle++) {
            clock.advance(Duration.ofSeconds(15));
            hear(poll.read(), lastSeen, comments);
        }
        List<String> stale = desk.incidents().stream()
                .filter(incident ->
                        !String.valueOf(lastSeen.get(incident.sysId())).equals(incident.field("sys_mod_count")))
                .map(incident -> incident.sysId())
                .toList();
        return new Burst(comments.size(), stale);
    }

    private void hear(List<IncidentRecord> rows, Map<String, Integer> lastSeen, Set<String> comments) {
        rows.forEach(row -> lastSeen.put(row.sysId(), row.modCount()));
        if (!rows.isEmpty()) {
            changes.journals(rows.stream().map(IncidentRecord::sysId).toList(), Optional.empty())
                    .forEach(entry -> comments.add(entry.value()));
        }
    }

    private List<String> incidents(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> desk.as("admin")
                        .insert(
                                "incident",
                                Map.of("correlation_id", "rb-" + number, "short_description", "Room " + number)))
                .toList();
    }

    private static IncidentChanges.Position place(IncidentRecord row) {
        return new IncidentChanges.Position(row.updatedOn().orElseThrow(), row.sysId());
    }
}
