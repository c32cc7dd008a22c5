package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Changes;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import io.roombridge.ticket.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrelationStoreTest {

    private static final Instant NOW = Changes.MORNING;
    private static final Change OPENED = Changes.opened(1);

    @TempDir
    Path directory;

    private Database database;
    private Cluster cluster;
    private CorrelationStore store;

    @BeforeEach
    void open() {
        database = database(directory);
        Jdbi jdbi = Jdbi.create(database.dataSource());
        cluster = Cluster.alone(jdbi, "store-test-" + System.identityHashCode(this));
        store = new CorrelationStore(jdbi, cluster.tickets());
    }

    Database database(Path ofThisTest) {
        return Database.open(Database.fileIn(ofThisTest), "sa", "");
    }

    @AfterEach
    void close() {
        cluster.close();
        database.close();
    }

    @Test
    void aFullRestartKeepsEveryTicketWholly() {
        Ticket written = ticketWithIncident();
        store.commit(new Commit().ticket(written));

        close();
        open();

        assertThat(store.ticket("contoso", "main", written.id())).contains(written.withVersion(1));
        assertThat(store.byIncidentNumber("INC0010001")).contains(written.withVersion(1));
    }

    @Test
    void ofTwoStepsThatReadTheSameTicketOneIsRefusedWholly() {
        store.commit(new Commit().ticket(ticketWithIncident()));
        Ticket read = found();
        store.commit(new Commit().ticket(read.withEpisode(2)));

        assertThatThrownBy(() -> store.commit(new Commit()
                        .ticket(read.withEpisode(3))
                        .change(record(new Outcome.Delivered(Reason.INCIDENT_UPDATED)))))
                .isInstanceOf(VersionMoved.class);

        assertThat(found().episode()).isEqualTo(2);
        assertThat(store.outcome("contoso", OPENED.id())).isEmpty();
    }

    @Test
    void ofTwoStepsThatFirstSeeATicketOneIsRefused() {
        store.commit(new Commit().ticket(ticketWithIncident()));

        assertThatThrownBy(() -> store.commit(new Commit().ticket(ticketWithIncident())))
                .isInstanceOf(VersionMoved.class);
    }

    @Test
    void whatWasDecidedOnAnOldTicketIsNotRecordedEvenWhereItChangesNothing() {
        store.commit(new Commit().ticket(ticketWithIncident()));
        Ticket old = found();
        store.commit(new Commit().ticket(old.withEpisode(2)));
        Commit ignored = new Commit().change(record(new Outcome.Ignored(Reason.STALE)));

        assertThatThrownBy(() -> store.commit(ignored.decidedOn(old))).isInstanceOf(VersionMoved.class);
        assertThat(store.outcome("contoso", OPENED.id())).isEmpty();

        store.commit(ignored.decidedOn(found()));
        assertThat(store.outcome("contoso", OPENED.id())).isPresent();
    }

    @Test
    void aCacheThatWasLeftBehindIsNoHarm() {
        store.commit(new Commit().ticket(ticketWithIncident()));
        Ticket old = found();
        store.commit(new Commit().ticket(old.withEpisode(2)));

        cluster.tickets().refresh(old);

        assertThat(found().episode()).isEqualTo(2);
    }

    @Test
    void anIntentStaysOpenUntilItsResultIsCommitted() {
        store.commit(new Commit().ticket(ticketWithIncident()));
        Ticket ticket = found();
        Intent intent = intent(ticket);
        store.commit(new Commit().ticket(ticket).opening(intent));
        assertThat(store.openIntents(ticket)).containsExactly(intent);

        store.commit(new Commit().settling(List.of(Settled.done(intent, "a".repeat(32)))));

        assertThat(store.openIntents(ticket)).isEmpty();
        assertThat(store.intentsOf(ticket, OPENED.id(), 1))
                .singleElement()
                .satisfies(settled -> assertThat(settled.remoteId()).contains("a".repeat(32)));
        assertThat(store.everTriedToCreate(ticket)).isTrue();
    }

    @Test
    void aDeadCreateHoldsUpEveryLaneAndADeadCommentOnlyItsOwn() {
        Ticket without = Ticket.born(OPENED, "main", NOW);
        store.commit(new Commit().ticket(without).deadLetter(dead(Lane.STATE)));
        assertThat(store.heldUp("contoso", "main", without.id(), Lane.CONVERSATION))
                .isTrue();

        store.commit(new Commit().ticket(ticketWithIncident().withVersion(1)));

        assertThat(store.heldUp("contoso", "main", without.id(), Lane.STATE)).isTrue();
        assertThat(store.heldUp("contoso", "main", without.id(), Lane.CONVERSATION))
                .isFalse();
    }

    @Test
    void appointmentsAreDueInTheOrderOfTheirInstants() {
        Ticket ticket = ticketWithIncident().withHoldDownUntil(Optional.of(NOW.plusSeconds(900)));
        store.commit(new Commit().ticket(ticket));

        assertThat(store.appointmentsDue("main", NOW.plusSeconds(899), 10)).isEmpty();
        assertThat(store.appointmentsDue("main", NOW.plusSeconds(900), 10)).hasSize(1);
        assertThat(store.nextAppointment()).contains(NOW.plusSeconds(900));
    }

    @Test
    void aTicketFromBeforeAppointmentsKeepsItsHoldDown() {
        Ticket written = ticketWithIncident().withHoldDownUntil(Optional.of(NOW.plusSeconds(900)));
        String old = TicketJson.write(written)
                .replaceFirst("\"appointments\":\\{[^}]*}", "\"holdDownUntil\":\"" + NOW.plusSeconds(900) + "\"")
                .replaceFirst(
                        ",\"portalAt\":\"[^\"]*\",\"silence\":null,\"outOfSightSince\":null,\"quietUntilHealthy\":false",
                        "");
        assertThat(old).doesNotContain("appointments", "portalAt", "silence", "outOfSight", "quiet");

        Ticket read = TicketJson.read(old, 0);

        assertThat(read.holdDownUntil()).contains(NOW.plusSeconds(900));
        assertThat(read.silence()).isEmpty();
    }

    @Test
    void theLedgerRemembersWhatBecameOfAChange() {
        store.commit(new Commit().change(record(new Outcome.Delivered(Reason.INCIDENT_CREATED))));

        assertThat(store.outcome("contoso", OPENED.id())).contains(new Outcome.Delivered(Reason.INCIDENT_CREATED));
    }

    private Ticket found() {
        return store.ticket("contoso", "main", Changes.DISPLAY.id()).orElseThrow();
    }

    @Test
    void whatHasOutlivedItsUseGoesInTransactionsOfABoundedSize() {
        List<String> statements = new ArrayList<>();
        Jdbi jdbi = Jdbi.create(database.dataSource());
        store.commit(new Commit().ticket(ticketWithIncident()));
        rows(
                jdbi,
                "insert into history (tenant, instance, ticket_id, at, change_id, what, text)"
                        + " values ('t', 'main', 'rb-1', :at, :id, 'opened', '')");
        rows(
                jdbi,
                "insert into change_outcome (tenant, change_id, kind, outcome, reason, at)"
                        + " values ('t', :id, 'k', 'dead', 'INVALID', :at)");
        rows(
                jdbi,
                "insert into portal_command (tenant, instance, command_id, name, partition_key, body, decided_at,"
                        + " sent_at) values ('t', 'main', :id, 'ack', 'k', 'text', :at, :at)");
        rows(
                jdbi,
                "insert into portal_command (tenant, instance, command_id, name, partition_key, body, decided_at,"
                        + " dead_at) values ('u', 'main', :id, 'ack', 'k', 'text', :at, :at)");
        rows(
                jdbi,
                "insert into shadow_write (instance, sys_id, number, correlation_id, kind, fields, at)"
                        + " values ('main', :id, 'n', 'rb-1', 'UPDATE', '{\"comments\":\"text\"}', :at)");
        rows(jdbi, "insert into look_again (instance, incident, asked_at) values ('main', :id, :at)");
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.add(context.getRawSql());
            }
        });

        Instant late = NOW.plus(Duration.ofDays(1));
        Map<String, Integer> gone =
                new Purge(jdbi, cluster.tickets()).before(new Purge.Ages(late.plusSeconds(1), late, late, late, late));

        assertThat(gone)
                .containsEntry("history", 1200)
                .containsEntry("change_outcome", 1200)
                .containsEntry("portal_command", 2400)
                .containsEntry("look_again", 1200)
                .containsEntry("shadow_write", 1200)
                .containsEntry("ticket", 1);
        assertThat(statements.stream().filter(sql -> sql.startsWith("delete from history")))
                .as("at most 500 of them at once")
                .hasSizeGreaterThan(2);
        assertThat(found().lastEvent()).contains(Reduced.HASH);
    }

    @Test
    void largeTablesAreReadPageByPageAndWholly() {
        Jdbi jdbi = Jdbi.create(database.dataSource());
        rows(
                jdbi,
                "insert into history (tenant, instance, ticket_id, at, change_id, what, text)"
                        + " values ('t', 'main', 'rb-1', :at, :id, 'opened', 'said Megan Bowen')");
        rows(
                jdbi,
                "insert into dead_letter (tenant, instance, change_id, lane, state, reason, detail, payload,"
                        + " attempts, at) values ('t', 'main', :id, 'STATE', 'DEAD', 'INVALID', '', 'Megan Bowen', 1, :at)");
        rows(
                jdbi,
                "insert into device_place (tenant, device, room, blocks, at)"
                        + " values ('t', :id, 'room', '{\"name\":\"Megan Bowen\"}', :at)");
        store.commit(new Commit().ticket(ticketWithIncident()));
        DeadLetterBook book = new DeadLetterBook(jdbi);
        LetterFilter every = new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty());
        List<Long> read = new ArrayList<>();

        book.each(every, letter -> read.add(letter.id()));
        Map<String, Integer> named = new Erasure(jdbi).look("Megan Bowen");
        Map<String, Integer> erased = new Erasure(jdbi).erase("Megan Bowen", "Beth Anglin", "request", NOW);

        assertThat(read).hasSize(1200).isSorted();
        assertThat(erased)
                .isEqualTo(named)
                .isEqualTo(Map.of("history", 1200, "dead_letter", 1200, "device_place", 1200));
        assertThat(new Erasure(jdbi).look("Megan Bowen")).isEmpty();
        assertThat(book.drop(every, "Beth Anglin", "old", NOW)).isEqualTo(read);
    }

    @Test
    void theAuditTellsWhatChangedTheNewestFirst() {
        Audit audit = new Audit(Jdbi.create(database.dataSource()));
        audit.started(NOW, "shadow", "1", Map.of("roombridge.poll.lag", "a"));
        audit.mappings(NOW, "Beth Anglin", "v1", Map.of("scope.yaml", "b"));
        audit.started(NOW, "live", "2", Map.of("roombridge.poll.lag", "c"));

        assertThat(audit.since(NOW, 10))
                .extracting(entry -> entry.act() + " " + entry.was() + ">" + entry.became() + " " + entry.reason())
                .containsExactly(
                        "started 1>2 changed: roombridge.poll.lag",
                        "started shadow>live ",
                        "scope-changed none>b ",
                        "mapping-activated >v1 the first time",
                        "started >1 the first time",
                        "started >shadow ");
        assertThat(audit.since(NOW, Optional.of("scope-changed"), 10)).hasSize(1);
    }

    @Test
    void aSignalIsFoundByItsNameAndByNoOtherPartOfAKey() {
        store.commit(new Commit().ticket(ticketWithIncident()));
        Mutes mutes = new Mutes(Jdbi.create(database.dataSource()));
        TicketKey.RoomSignal key = (TicketKey.RoomSignal) found().key();

        assertThat(mutes.named(key.signal())).extracting(Mutes.Subject::tenant).containsExactly(key.tenant());
        assertThat(mutes.named(key.signal().replace(key.signal().charAt(1), '_')))
                .isEmpty();
        assertThat(mutes.named("%")).isEmpty();
        assertThat(mutes.named(key.role())).isEmpty();
    }

    private static void rows(Jdbi jdbi, String insert) {
        jdbi.useTransaction(handle -> {
            PreparedBatch rows = handle.prepareBatch(insert);
            for (int i = 0; i < 1200; i++) {
                rows.bind("id", "id-" + i)
                        .bind("at", Tickets.at(NOW.plusMillis(i)))
                        .add();
            }
            rows.execute();
        });
    }

    @Test
    void aFileIsTakenByOneWorkerAndItsContentIsKnownAgain() {
        Ticket ticket = ticketWithIncident();
        FileOffer offer = new FileOffer(
                ticket.tenant(),
                ticket.instance(),
                Direction.TO_SERVICENOW,
                "a-1",
                OPENED.id(),
                ticket.id(),
                ticket.portal().portalTicketId(),
                ticket.current().orElseThrow().sysId(),
                "photo.png",
                "image/png",
                5,
                Optional.empty(),
                Optional.of("https://files.example.com/a-1"),
                NOW);
        store.commit(new Commit().ticket(ticket).files(List.of(offer)));
        store.commit(new Commit().files(List.of(offer)));

        FileJob taken = files().take(NOW, NOW.plusSeconds(75)).orElseThrow();
        assertThat(files().take(NOW, NOW.plusSeconds(75))).isEmpty();
        assertThat(files().renew(taken, NOW.plusSeconds(90))).isTrue();

        FileJob asked = taken.askingAgain(NOW.plusSeconds(1800), "it expired");
        store.commit(new Commit().fileJob(asked).fileCopy(new FileCopy(asked, "ab12")));
        store.commit(new Commit().files(List.of(offer)));

        FileJob again = files().take(NOW, NOW.plusSeconds(75)).orElseThrow();
        assertThat(again.state()).isEqualTo(FileJob.State.WAITING);
        assertThat(again.offer()).isEqualTo(offer);
        assertThatThrownBy(() -> store.commit(new Commit().fileJob(taken))).isInstanceOf(VersionMoved.class);
        FileJob done = again.done(NOW, Reason.FILE_CARRIED, Optional.of("0".repeat(32)), Optional.empty());
        store.commit(new Commit().fileJob(done).fileCopy(new FileCopy(done, "ab12")));

        FileCopies copies = new FileCopies(Jdbi.create(database.dataSource()));
        assertThat(copies.knows("main", "0".repeat(32))).isTrue();
        assertThat(copies.hashOf(done)).contains("ab12");
        assertThat(files().nextDue()).isEmpty();
        // The address goes with the carried file, because it may carry a signature.
        assertThat(files().of(ticket))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("offer.url")
                .containsExactly(done.committed())
                .allSatisfy(kept -> assertThat(kept.offer().url()).isEmpty());
    }

    private FileJobs files() {
        return new FileJobs(Jdbi.create(database.dataSource()));
    }

    private static Ticket ticketWithIncident() {
        return Ticket.born(OPENED, "main", NOW)
                .seeing(OPENED)
                .followedBy(new Incident(
                        "a".repeat(32),
                        "INC0010001",
                        IncidentState.NEW,
                        1,
                        OPENED.id(),
                        Optional.empty(),
                        new Incident.Baseline("3", "2", "title"),
                        Told.nothingBut(IncidentState.NEW),
                        NOW));
    }

    private static Intent intent(Ticket ticket) {
        return new Intent(
                "i-1",
                ticket.tenant(),
                ticket.instance(),
                ticket.id(),
                OPENED.id(),
                1,
                Intent.Kind.CREATE,
                Optional.empty(),
                Reference.of(OPENED.id(), 1).value(),
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty());
    }

    private static ChangeRecord record(Outcome outcome) {
        return new ChangeRecord(
                "contoso", OPENED.id(), OPENED.ticketId(), OPENED.kind().label(), outcome, NOW);
    }

    private static DeadLetter dead(Lane lane) {
        return new DeadLetter(
                "contoso",
                "main",
                OPENED.id(),
                OPENED.ticketId(),
                DeadLetter.Kind.EVENT,
                lane,
                DeadLetter.State.DEAD,
                Reason.REFUSED_BY_POLICY,
                "mandatory: Category",
                "{}",
                1,
                NOW);
    }
}
