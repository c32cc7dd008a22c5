package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.KeptLetter;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.portal.PortalEvents;
import io.roombridge.portal.Posting;
import io.roombridge.portal.TeamsAlerts;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Teams admin centre reports a device offline long before the portal does: one ticket, whoever comes first. */
class TeamsAlertTest extends OnBench {

    private static final String ROOM = "room-1";
    private static final String OFFLINE = "Offline";

    /** The plug was pulled. */
    private static final Instant OUTAGE = PortalEvent.MORNING;

    private static final Instant ALERT = OUTAGE.plus(Duration.ofMinutes(15));
    private static final Instant PORTAL = OUTAGE.plus(Duration.ofHours(3));

    @BeforeEach
    void begin() {
        bench.pass(Duration.ofHours(1));
    }

    @Test
    void theSameOutageReportedTwiceMakesOneTicketWithBothReportsInItsHistory() {
        thePortalKnowsTheDevice();

        assertThat(reason(alert("Offline", ALERT))).isEqualTo(Reason.INCIDENT_CREATED);
        bench.reach(PORTAL);
        portal(offline(1).occurrence(7).severityOf("critical"));

        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.state(ROOM, OFFLINE)).isEqualTo(IncidentState.NEW);
        assertThat(bench.ticket(ROOM, OFFLINE).episode()).isEqualTo(1);
        assertThat(history()).extracting(HistoryEntry::what).containsExactly("device.health-changed", "ticket.opened");
        assertThat(bench.journal(ROOM, OFFLINE).get(0))
                .contains("Reported first by the Teams admin centre, 2026-06-01 08:15 UTC");
        assertThat(bench.ticket(ROOM, OFFLINE).portal().portalTicketId()).isEqualTo("T-" + ROOM);
    }

    @Test
    void theSlowerReportOfTheTeamsAdminCentreOpensNothingEither() {
        thePortalKnowsTheDevice();
        portal(offline(1).at(ALERT));

        alert("Offline", ALERT.plusSeconds(60));
        assertThat(reason(alert("Offline", OUTAGE)))
                .as("raised before the portal's word")
                .isEqualTo(Reason.STALE);

        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(history()).hasSize(3);
        assertThat(String.join("\n", bench.journal(ROOM, OFFLINE))).doesNotContain("Reported first by");
    }

    @Test
    void onceThePortalHasATicketItIsShownTheIncident() {
        thePortalKnowsTheDevice();
        alert("Offline", ALERT);
        bench.poll();
        assertThat(bench.told()).as("there is nobody who could be told").isEmpty();

        bench.reach(PORTAL);
        portal(offline(1));

        assertThat(bench.told()).containsExactly("link-snow");
    }

    @Test
    void thePortalsRecoveryEndsAnOutageThatTheTeamsAdminCentreOpened() {
        thePortalKnowsTheDevice();
        alert("Offline", ALERT);
        portal(offline(1).at(PORTAL));
        portal(PortalEvent.of(ROOM, OFFLINE).at(PORTAL.plusSeconds(60)).resolved(2));

        bench.settleAppointments();

        assertThat(bench.state(ROOM, OFFLINE)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aRecoveryReportedByTheTeamsAdminCentreCountsByItsOwnTime() {
        thePortalKnowsTheDevice();
        alert("Offline", ALERT);

        assertThat(reason(alert("Healthy", ALERT.minusSeconds(60)))).isEqualTo(Reason.STALE);
        assertThat(reason(alert("Healthy", ALERT.plusSeconds(60)))).isEqualTo(Reason.HOLD_DOWN_STARTED);
        bench.settleAppointments();

        assertThat(bench.state(ROOM, OFFLINE)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void theNextOutageIsOneOccurrenceMoreAndThePortalCountsTheSame() {
        thePortalKnowsTheDevice();
        portal(offline(1).at(OUTAGE.minusSeconds(3600)).occurrence(4));
        portal(PortalEvent.of(ROOM, OFFLINE)
                .occurrence(4)
                .at(OUTAGE.minusSeconds(3000))
                .resolved(2));
        bench.settleAppointments();
        Instant again = bench.clock.instant();

        assertThat(reason(alert("Offline", again))).isEqualTo(Reason.INCIDENT_REOPENED);
        portal(PortalEvent.of(ROOM, OFFLINE).at(again.plusSeconds(9000)).reopened(3, 5));

        assertThat(bench.ticket(ROOM, OFFLINE).episode()).isEqualTo(2);
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.state(ROOM, OFFLINE)).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aReportTakesNoSequenceAway() {
        thePortalKnowsTheDevice();
        portal(offline(5).at(OUTAGE));
        alert("Offline", ALERT);

        Outcome late = bench.attempt(
                PortalEvent.of(ROOM, OFFLINE).at(OUTAGE).resolved(4).bytes());

        assertThat(late.reason()).isEqualTo(Reason.STALE);
    }

    @Test
    void anUnknownDeviceIsKeptUntilThePortalNamesIt() {
        assertThat(reason(alert("Offline", ALERT))).isEqualTo(Reason.UNKNOWN_DEVICE);
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.letter().detail())
                        .isEqualTo("the portal has named neither the device dev-" + ROOM + " nor the account a1"));
        bench.replay();
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();

        thePortalKnowsTheDevice();
        bench.replayAll();

        assertThat(bench.state(ROOM, OFFLINE)).isEqualTo(IncidentState.NEW);
        assertThat(letters()).isEmpty();
    }

    @Test
    void aReportThatNamesOnlyTheAccountIsTakenUpWhenThePortalNamesThatAccount() {
        alert("Offline", ALERT);
        bench.deliver(RoomEvent.ofDevice("enrolled", "room-2", OUTAGE).signedInAs("A1"));
        bench.replayAll();

        assertThat(bench.state("room-2", OFFLINE)).isEqualTo(IncidentState.NEW);
        assertThat(letters()).isEmpty();
    }

    @Test
    void aReportIsTakenOnce() {
        thePortalKnowsTheDevice();

        alert("Offline", ALERT);

        assertThat(reason(alert("Offline", ALERT))).isEqualTo(Reason.SAME_EVENT);
    }

    @Test
    void whatIsNoWordAboutOfflineIsOnlyRecorded() {
        thePortalKnowsTheDevice();

        assertThat(reason(alert("NonUrgent", ALERT))).isEqualTo(Reason.RECORDED);
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();
    }

    @Test
    void otherSignalsAreBelievedAgainWhenThePortalShouldHaveNoticedTheOutageItself() {
        thePortalKnowsTheDevice();
        bench.deliver(PortalEvent.of(ROOM, "Camera").at(OUTAGE.minusSeconds(60)).opened(1));
        alert("Offline", ALERT);
        Instant within = ALERT.plus(Duration.ofHours(2));
        bench.reach(within);
        bench.deliver(PortalEvent.of(ROOM, "Camera").at(within).resolved(2));
        bench.settleAppointments();
        assertThat(bench.state(ROOM, "Camera")).as("nobody saw the device then").isEqualTo(IncidentState.NEW);

        Instant later = ALERT.plus(Duration.ofHours(5));
        bench.reach(later);
        bench.deliver(PortalEvent.of(ROOM, "Camera").at(later).resolved(3));
        bench.settleAppointments();

        assertThat(bench.state(ROOM, "Camera")).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void whereTheRoomStandsIsKnownAlsoWhenNothingButAReportIsLeftOfIt() {
        thePortalKnowsTheDevice();
        alert("Offline", ALERT);
        RoomPlaces places = new RoomPlaces(new PortalEvents(), Optional.of("PT"));
        assertThat(places.of(bench.ticket(ROOM, OFFLINE))).hasSize(1);

        bench.clock.advance(Duration.ofDays(8));
        new Retention(bench.books().purge(), Duration.ofDays(90), Duration.ofDays(30), bench.clock).forget();

        assertThat(bench.ticket(ROOM, OFFLINE).lastEvent()).contains("reducedfrom");
        assertThat(places.of(bench.ticket(ROOM, OFFLINE))).hasSize(1);
    }

    private void thePortalKnowsTheDevice() {
        bench.deliver(RoomEvent.ofDevice("enrolled", ROOM, OUTAGE.minus(Duration.ofDays(1))));
    }

    private static PortalEvent offline(long sequence) {
        return PortalEvent.of(ROOM, OFFLINE).at(PORTAL).opened(sequence);
    }

    private void portal(PortalEvent event) {
        bench.deliver(event);
    }

    private Outcome alert(String health, Instant raised) {
        String alert = """
                {"AlertTitle": "Device went offline", "DeviceLoggedInUserId": "a1", "DeviceId": "dev-%s",
                 "MetricValues": {"DeviceHealthStatus": "%s"}, "RuleName": "Device state rule", "RuleType": "DeviceState",
                 "TenantId": "contoso", "AlertRaisedAt": "%s"}""".formatted(ROOM, health, raised);
        Posting posting = new TeamsAlerts()
                .posting(
                        alert.getBytes(StandardCharsets.UTF_8),
                        bench.machine.instant().plus(Duration.ofDays(30)));
        String event = ((Posting.Readable) posting).events().get(0).payload();
        return bench.attempt(event.getBytes(StandardCharsets.UTF_8));
    }

    private static Reason reason(Outcome outcome) {
        return outcome.reason();
    }

    private List<HistoryEntry> history() {
        Ticket ticket = bench.ticket(ROOM, OFFLINE);
        return bench.store().history(ticket);
    }

    private List<KeptLetter> letters() {
        return bench.letters()
                .list(
                        new LetterFilter(
                                List.of(), LetterFilter.OPEN, Optional.of(Reason.UNKNOWN_DEVICE), Optional.empty()),
                        10);
    }
}
