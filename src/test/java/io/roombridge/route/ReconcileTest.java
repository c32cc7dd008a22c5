package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.reconcile.Finding;
import io.roombridge.reconcile.Finding.Kind;
import io.roombridge.reconcile.Reconcile;
import io.roombridge.reconcile.Reconciliation;
import io.roombridge.sandbox.servicenow.Person;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.TicketKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was missed is found; what is safe is repaired by the ordinary paths, and the rest is said. */
class ReconcileTest {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    @TempDir
    Path directory;

    private final List<OutgoingCommand> hub = new ArrayList<>();
    private Bench bench;
    private Person agent;

    @BeforeEach
    void aTicketThatBothSidesKnow() {
        bench = new Bench(directory);
        agent = bench.serviceNow.desk().as("beth.anglin");
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
        bench.deliver(PortalEvent.of("room-2", SIGNAL).opened(1));
        bench.poll(hub::add);
        bench.poll(hub::add);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void whereBothSidesAgreeNothingIsFound() {
        later();
        assertThat(reconcile().repair().findings()).isEmpty();
    }

    /** The reading missed it: a person's comment, a file, a state. */
    @Test
    void whatWasMissedIsFoundByADryRunAndRepairedOnce() {
        agent.comment(sysId(), "We ordered a new cable.");
        agent.attach(sysId(), "plan.txt", "text/plain", "the plan".getBytes(StandardCharsets.UTF_8));
        agent.set(sysId(), "state", "2");
        later();

        assertThat(kinds(reconcile().compare(false)))
                .containsExactlyInAnyOrder(Kind.COMMENT_UNHEARD, Kind.FILE_UNCOPIED, Kind.STATE_DRIFT);
        assertThat(bench.outbox().unsent(10)).as("a dry run changes nothing").isEmpty();

        Reconciliation repaired = reconcile().repair();
        assertThat(repaired.clean()).isTrue();
        assertThat(reconcile().compare(false).findings()).as("found again").isEmpty();
        assertThat(bench.ticket(ROOM, SIGNAL).current().orElseThrow().state()).isEqualTo(IncidentState.IN_PROGRESS);
        bench.poll(hub::add);
        bench.poll(hub::add);
        assertThat(hub.stream().filter(command -> command.name().equals("message-add")))
                .as("the comment at the portal")
                .hasSize(1);
    }

    @Test
    void anIncidentThatTheStoreDoesNotKnowIsRecreatedFromItsMachineLine() {
        bench.loseTheStore();
        bench.deliver(PortalEvent.of("room-2", SIGNAL).opened(1));
        assertThat(kinds(reconcile().repair())).contains(Kind.ORPHANED);
        assertThat(bench.ticket(ROOM, SIGNAL).current().orElseThrow().sysId()).isEqualTo(sysId());
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
        assertThat(bench.serviceNow.desk().incidents()).as("no second incident").hasSize(2);
    }

    /** Copied by a person with its correlation id: nobody's but the person's. */
    @Test
    void aPersonsCopyIsReportedAndNeverTaken() {
        String id = bench.ticket(ROOM, SIGNAL).id().value();
        String copy = agent.insert("incident", Map.of("short_description", "copied", "correlation_id", id));
        assertThat(kinds(reconcile().repair())).containsExactlyInAnyOrder(Kind.EXTRA, Kind.DUPLICATE);
        assertThat(bench.ticket(ROOM, SIGNAL).current().orElseThrow().sysId()).isNotEqualTo(copy);
    }

    @Test
    void aDeletedIncidentIsReported() {
        bench.serviceNow.desk().as("admin").delete(sysId());
        Reconciliation found = reconcile().repair();
        assertThat(kinds(found)).containsExactly(Kind.MISSING);
        assertThat(found.clean()).isFalse();
        assertThat(found.json().path("counts").path("missing").asInt()).isEqualTo(1);
    }

    /** A run takes long, and the bridge goes on meanwhile. */
    @Test
    void whatHappensDuringARunIsNoFinding() {
        later();
        bench.meanwhile(1, () -> {
            agent.set(sysId(), "state", "2");
            bench.deliver(PortalEvent.of("room-3", SIGNAL).opened(1));
            bench.poll(hub::add);
        });

        assertThat(reconcile().compare(false).findings()).isEmpty();
        assertThat(bench.ticket(ROOM, SIGNAL).current().orElseThrow().state())
                .as("heard during the run")
                .isEqualTo(IncidentState.IN_PROGRESS);
    }

    /** Agreed (design, section 3.7): a person resolved it, and the signal is unhealthy still. */
    @Test
    void resolvedAndUnhealthyIsNoFinding() {
        agent.resolve(sysId(), "Resolved by caller", "Done");
        bench.poll(hub::add);
        later();
        assertThat(reconcile().repair().findings()).isEmpty();
    }

    @Test
    void aHiddenJournalIsSaidAndNothingIsTakenForUnheard() {
        bench.serviceNow.switches().journalsReadable(false);
        bench.machine.advance(Duration.ofMinutes(11));
        bench.poll(hub::add);
        later();
        Reconciliation found = reconcile().compare(false);
        assertThat(found.findings()).isEmpty();
        assertThat(found.unread()).hasSize(1);
    }

    private Reconcile reconcile() {
        return new Reconcile(
                bench.books(),
                bench.desks(),
                bench.reading().hear()::hear,
                new Commands(true, bench.clock),
                false,
                bench.clock);
    }

    private void later() {
        bench.clock.advance(Duration.ofHours(1));
        bench.machine.advance(Duration.ofHours(1));
    }

    private String sysId() {
        String ticket =
                new TicketKey.RoomSignal("contoso", ROOM, "", SIGNAL, "").id().value();
        return bench.serviceNow.desk().correlatedTo(ticket).get(0).sysId();
    }

    private static List<Kind> kinds(Reconciliation found) {
        return found.findings().stream().map(Finding::kind).toList();
    }
}
