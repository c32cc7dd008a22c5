package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the tickets of a device that is removed, replaced, offline or unmonitored. */
class DeviceCourseTest extends OnBench {

    private static final String ROOM = "room-12";
    private static final String CAMERA = "Camera";
    private static final String UNKNOWN = "State not known";

    @BeforeEach
    void openATicket() {
        bench.deliver(camera().opened(1));
    }

    @Test
    void theTicketsOfARemovedDeviceAreResolvedAfterADay() {
        unenrol();
        bench.pass(Duration.ofHours(23));
        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.NEW);

        bench.pass(Duration.ofHours(2));

        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.RESOLVED);
        assertThat(bench.incident(ROOM, CAMERA).field("close_notes")).contains("device was removed");
    }

    @Test
    void aDeviceThatComesBackWithinTheDayKeepsItsTickets() {
        unenrol();
        bench.pass(Duration.ofHours(3));
        bench.deliver(RoomEvent.ofDevice("enrolled", ROOM, bench.clock.instant()));

        bench.pass(Duration.ofHours(30));

        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.NEW);
        assertThat(bench.ticket(ROOM, CAMERA).appointments()).isEmpty();
    }

    @Test
    void aPersonsIncidentOfARemovedDeviceGetsOneNote() {
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .workNote(bench.incident(ROOM, CAMERA).sysId(), "I am on it");
        unenrol();
        bench.pass(Duration.ofHours(25));
        unenrol();
        bench.pass(Duration.ofHours(25));

        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.NEW);
        assertThat(notes(CAMERA, "The device was removed")).isEqualTo(1);
    }

    @Test
    void aRemovedDeviceThatFailsWhenItIsBackIsSeenAgain() {
        unenrol();
        bench.pass(Duration.ofHours(25));
        Outcome removed = bench.deliver(camera().reopened(2, 2));
        assertThat(removed).isEqualTo(new Outcome.Ignored(Reason.UNENROLLED));

        bench.deliver(RoomEvent.ofDevice("enrolled", ROOM, bench.clock.instant()));

        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.NEW);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
    }

    @Test
    void aResolutionOfARemovedDeviceWhoseAnswerNeverCameIsRecorded() {
        unenrol();
        bench.once(Fault.timeoutAfterCommit(), "PATCH");
        bench.pass(Duration.ofHours(25));
        bench.restart();

        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.RESOLVED);
        assertThat(bench.ticket(ROOM, CAMERA).unhealthy()).isFalse();
        assertThat(bench.ticket(ROOM, CAMERA).appointments()).isEmpty();
    }

    @Test
    void aReplacedDeviceKeepsItsTicketsWithOneNote() {
        RoomEvent replaced =
                RoomEvent.ofDevice("replaced", ROOM, bench.clock.instant()).by("Lenovo", "ThinkSmart");
        bench.upToRecord(replaced);
        bench.restart();

        bench.deliver(replaced);

        assertThat(notes(CAMERA, "Now: Lenovo ThinkSmart")).isEqualTo(1);
        assertThat(bench.ticket(ROOM, CAMERA).deviceId()).contains("new-" + ROOM);
    }

    @Test
    void aNewMonitoredOfAnOfflineDeviceIsNoIncidentUntilOfflineIsOver() {
        bench.deliver(offline().opened(1));

        Outcome absorbed = bench.deliver(monitored().opened(1));
        assertThat(absorbed).isEqualTo(new Outcome.Ignored(Reason.OFFLINE));

        bench.pass(Duration.ofMinutes(1));
        bench.deliver(offline().resolved(2));
        assertThat(bench.ticket(ROOM, "Monitored").chain()).hasSize(1);
    }

    @Test
    void anOpenMonitoredIsToldOfOfflineOnceAndResolvedWhenBothAreHealthy() {
        bench.deliver(monitored().opened(1));
        bench.deliver(offline().opened(1));
        bench.pass(Duration.ofMinutes(1));
        String offline = bench.incident(ROOM, "Offline").number();
        assertThat(notes("Monitored", offline)).isEqualTo(1);

        bench.deliver(monitored().resolved(2));
        bench.pass(Duration.ofHours(2));
        assertThat(bench.state(ROOM, "Monitored")).isEqualTo(IncidentState.NEW);

        bench.deliver(offline().resolved(2));
        bench.pass(Duration.ofMinutes(16));
        bench.pass(Duration.ofMinutes(16));
        assertThat(bench.state(ROOM, "Monitored")).isEqualTo(IncidentState.RESOLVED);
        assertThat(bench.state(ROOM, "Offline")).isEqualTo(IncidentState.RESOLVED);
        assertThat(notes("Monitored", offline)).isEqualTo(1);
    }

    @Test
    void otherTicketsOfAnOfflineDeviceAreToldOnceThatTheirStateIsNotKnown() {
        bench.deliver(offline().opened(1));
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(offline().severity(2, "critical"));
        bench.deliver(monitored().opened(1));
        bench.pass(Duration.ofMinutes(1));

        assertThat(notes(CAMERA, UNKNOWN)).isEqualTo(1);
    }

    @Test
    void aRecoveryToldWhileTheDeviceIsOfflineIsNotBelievedNorIsAClosing() {
        bench.deliver(offline().opened(1));
        bench.pass(Duration.ofMinutes(1));

        Outcome recovered = bench.deliver(camera().resolved(2));
        Outcome closed = bench.deliver(camera().closed(3));
        bench.deliver(offline().resolved(2));
        bench.pass(Duration.ofHours(5));

        assertThat(recovered).isEqualTo(new Outcome.Ignored(Reason.OFFLINE));
        assertThat(closed).isEqualTo(new Outcome.Ignored(Reason.OFFLINE));
        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aRecoveryThatHadNotHeldWhenTheDeviceWentOfflineIsNotBelieved() {
        bench.deliver(camera().resolved(2));
        bench.pass(Duration.ofMinutes(10));
        bench.deliver(offline().opened(1));
        bench.pass(Duration.ofMinutes(10));
        bench.deliver(offline().resolved(2));

        bench.pass(Duration.ofHours(5));

        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void whatThePortalRepeatsOnceItSeesTheDeviceAgainIsBelievedAfterAFreshHoldDown() {
        bench.deliver(offline().opened(1));
        bench.deliver(camera().resolved(2));
        bench.deliver(offline().resolved(2));
        bench.pass(Duration.ofMinutes(30));

        bench.deliver(camera().snapshot(3, "resolved"));
        bench.pass(Duration.ofMinutes(14));
        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.NEW);
        bench.pass(Duration.ofMinutes(2));

        assertThat(bench.state(ROOM, CAMERA)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aRecoveryFromTheTimeOutOfSightThatArrivesLateIsNotBelieved() {
        PortalEvent late = camera().resolved(2);
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(monitored().opened(1));
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(monitored().resolved(2));

        assertThat(bench.deliver(late)).isEqualTo(new Outcome.Ignored(Reason.OFFLINE));
    }

    @Test
    void aRepeatedOrLateWordOfOfflineChangesNothing() {
        PortalEvent opened = offline().opened(1);
        bench.deliver(opened);
        bench.pass(Duration.ofMinutes(1));
        bench.deliver(offline().resolved(2));

        bench.deliver(opened);
        bench.deliver(camera().resolved(2));

        assertThat(bench.ticket(ROOM, CAMERA).outOfSightSince()).isEmpty();
        assertThat(bench.ticket(ROOM, CAMERA).appointments()).containsKey(Appointment.RECOVERY);
    }

    @Test
    void otherRoomsAreNotConcerned() {
        bench.deliver(
                PortalEvent.of("room-13", "Offline").at(bench.clock.instant()).opened(1));

        assertThat(bench.deliver(camera().resolved(2))).isEqualTo(new Outcome.Delivered(Reason.HOLD_DOWN_STARTED));
    }

    private void unenrol() {
        bench.deliver(RoomEvent.ofDevice("unenrolled", ROOM, bench.clock.instant()));
    }

    private long notes(String signal, String text) {
        return bench.journal(ROOM, signal).stream()
                .filter(entry -> entry.contains(text))
                .count();
    }

    private PortalEvent camera() {
        return PortalEvent.of(ROOM, CAMERA).at(bench.clock.instant());
    }

    private PortalEvent offline() {
        return PortalEvent.of(ROOM, "Offline").at(bench.clock.instant());
    }

    private PortalEvent monitored() {
        return PortalEvent.of(ROOM, "Monitoring").at(bench.clock.instant());
    }
}
