package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.Pauses;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.Serving;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shadow mode decides as ever and writes nothing; going live takes over what is open (docs/operations.md, "Going live"). */
class ShadowTest {

    private final Bench bench = Bench.inShadow();
    private final PortalEvent camera = PortalEvent.of("room-1", "Camera");

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private void nothingWasWritten() {
        assertThat(bench.serviceNow.requests().writes()).isEmpty();
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();
        assertThat(bench.told()).isEmpty();
    }

    private List<String> decided() {
        return bench.jdbi()
                .withHandle(handle -> handle.createQuery("select kind from shadow_write order by position")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void aWholeEpisodeIsDecidedAndNothingIsWritten() {
        Outcome opened = bench.deliver(camera.opened(1));
        bench.deliver(PortalEvent.of("room-1", "Camera").severity(2, "critical"));
        bench.deliver(
                PortalEvent.of("room-1", "Camera").at(bench.clock.instant()).resolved(3));
        bench.pass(Duration.ofMinutes(16));

        assertThat(opened).isEqualTo(new Outcome.Delivered(Reason.INCIDENT_CREATED));
        Ticket ticket = bench.ticket("room-1", "Camera");
        assertThat(ticket.current().orElseThrow().number()).startsWith("SHADOW-");
        assertThat(ticket.current().orElseThrow().state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(decided()).containsExactly("CREATE", "UPDATE", "UPDATE");
        nothingWasWritten();
    }

    @Test
    void aCustomersMessageIsDecidedToo() {
        bench.deliver(camera.opened(1));

        Outcome said =
                bench.deliver(PortalEvent.of("room-1", "Camera").sequence(1).message("m-1", "It flickers"));

        assertThat(said.reason()).isEqualTo(Reason.NOTE_WRITTEN);
        assertThat(decided()).containsExactly("CREATE", "UPDATE");
        nothingWasWritten();
    }

    @Test
    void aRelapseReopensWhatIsOnlyImagined() {
        bench.deliver(camera.opened(1));
        bench.deliver(
                PortalEvent.of("room-1", "Camera").at(bench.clock.instant()).resolved(2));
        bench.pass(Duration.ofMinutes(16));

        Outcome relapse = bench.deliver(
                PortalEvent.of("room-1", "Camera").at(bench.clock.instant()).reopened(3, 2));

        assertThat(relapse.reason()).isEqualTo(Reason.INCIDENT_REOPENED);
        nothingWasWritten();
    }

    @Test
    void aWriteThatWasNotDecidedEarlyIsRefusedAtTheEdge() {
        String someone = "0123456789abcdef0123456789abcdef";

        assertThatThrownBy(() -> bench.desks().all().get(0).gateway().files().delete(someone))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in shadow mode is a defect of the bridge");
        nothingWasWritten();
    }

    @Test
    void whatIsOpenGetsItsIncidentWhenTheBridgeGoesLive() {
        bench.deliver(camera.opened(1));
        bench.deliver(PortalEvent.of("room-2", "Camera").opened(1));
        bench.deliver(
                PortalEvent.of("room-2", "Camera").at(bench.clock.instant()).resolved(2));
        bench.pass(Duration.ofHours(1));

        bench.goLive();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);
        assertThat(bench.ticket("room-1", "Camera").heldBack()).isEmpty();
        assertThat(bench.ticket("room-2", "Camera").chain()).isEmpty();
    }

    @Test
    void whatRecoveredJustBeforeTheActivationCreatesNothing() {
        bench.deliver(camera.opened(1));
        bench.deliver(
                PortalEvent.of("room-1", "Camera").at(bench.clock.instant()).resolved(2));
        bench.pass(Duration.ofMinutes(5));

        bench.goLive();
        bench.pass(Duration.ofHours(1));

        assertThat(bench.serviceNow.desk().incidents()).isEmpty();
    }

    @Test
    void aSuppressedSignalWaitsForItsSuppressionToEnd() {
        bench.deliver(camera.opened(1));
        bench.deliver(RoomEvent.ofSignal("suppressed", "room-1", "Camera", bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));

        bench.goLive();
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();
        assertThat(bench.ticket("room-1", "Camera").heldBack()).contains(Reason.SUPPRESSED);

        bench.deliver(RoomEvent.ofSignal("unsuppressed", "room-1", "Camera", bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);
    }

    @Test
    void anUnavailableInstanceDelaysTheTakeOverOnly() {
        bench.deliver(camera.opened(1));
        bench.goLive();
        bench.once(Fault.connectionReset(), "POST");
        bench.pass(Duration.ofMinutes(1));

        for (int i = 0; i < 5; i++) {
            bench.pass(Duration.ofMinutes(2));
        }

        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void aRecoveryThatWaitedForTheEndOfAPauseIsHeardBeforeTheIncidentWouldBeMade() {
        Pause pause = new Pause(
                Direction.TO_SERVICENOW, Pauses.EVERY_TENANT, bench.clock.instant(), "Beth Anglin", "change freeze");
        bench.deliver(camera.opened(1));
        bench.books().pauses().pause(pause);
        bench.deliver(
                PortalEvent.of("room-1", "Camera").at(bench.clock.instant()).resolved(2));
        bench.deliver(PortalEvent.of("room-2", "Camera").opened(1));

        bench.goLive();
        bench.books().pauses().resume(pause);
        bench.pass(Duration.ofMinutes(1));
        bench.replayAll();
        bench.pass(Duration.ofHours(1));

        assertThat(bench.ticket("room-1", "Camera").chain()).isEmpty();
        assertThat(bench.state("room-2", "Camera")).isEqualTo(IncidentState.NEW);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void whatShadowModeCouldNotMapIsTriedAgainInLiveMode(@TempDir Path mappings) throws IOException {
        Files.writeString(
                mappings.resolve("incident-create.jslt"),
                "if (.ticket.title == \"hard words\") error(\"hard\") else {\"short_description\": .ticket.title}");
        bench.mappings(MappingVersion.load(MappingDirectory.read(mappings), Serving.UNKNOWN));
        assertThat(bench.deliver(camera.titled("hard words").opened(1)).reason())
                .isEqualTo(Reason.MAPPING_FAILED);
        bench.mappings(MappingVersion.shipped());

        bench.goLive();
        bench.replayAll();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aSilentTicketFromTheShadowIsClosedAsAnyOther() {
        bench.deliver(
                PortalEvent.of("room-12", "Camera").at(bench.clock.instant()).opened(1));

        bench.goLive();
        for (int day = 0; day < 5; day++) {
            bench.lookAt(bench.clock.instant().plus(Duration.ofDays(1)));
        }

        assertThat(bench.closings().records(bench.ticket("room-12", "Camera")))
                .extracting(ClosingRecord::step)
                .contains(ClosingRecord.Step.WARNED);
    }

    @Test
    void aPauseThatBeginsWhileTicketsGetTheirIncidentsHoldsForTheRest() {
        Pause pause = new Pause(
                Direction.TO_SERVICENOW, Pauses.EVERY_TENANT, bench.clock.instant(), "Beth Anglin", "the wrong group");
        for (int room = 1; room <= 5; room++) {
            bench.deliver(PortalEvent.of("room-" + room, "Camera").opened(1));
        }
        bench.goLive();
        bench.serviceNow
                .faults()
                .on(RequestMatcher.method("POST"))
                .next(1, Fault.meanwhile(() -> bench.books().pauses().pause(pause)));

        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);

        bench.books().pauses().resume(pause);
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(5);
    }

    @Test
    void nothingOfTheShadowIsLeftToBeWrittenLater() {
        bench.deliver(camera.opened(1));
        bench.deliver(PortalEvent.of("room-1", "Camera").remediation("r-1", "tried a restart"));
        bench.deliver(PortalEvent.of("room-1", "Camera").file("a-1"));

        bench.goLive();

        Map<String, Object> rows = bench.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select (select count(*) from intent) as intents,"
                                        + " (select count(*) from gathered_note) as notes, (select count(*) from file_job) as files")
                        .mapToMap()
                        .one());
        assertThat(rows.values()).allMatch(count -> ((Number) count).longValue() == 0);
    }
}
