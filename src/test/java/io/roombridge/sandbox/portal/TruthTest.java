package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.portal.Truth.Expectation;
import io.roombridge.sandbox.portal.Truth.Expected;
import io.roombridge.sandbox.portal.Truth.SetAside;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Small scripts by hand, each with the one thing that has to be true in the end. */
final class TruthTest {

    private static final Instant NINE = Instant.parse("2026-06-04T09:00:00Z");

    private final EventPen pen = new EventPen(new Random(1));
    private final RoomNews news = new RoomNews(pen);
    private final MeetingRoom room = Campus.of(1).rooms().get(0);
    private final RoomSignal camera = room.signals().stream()
            .filter(signal -> signal.signal() == Signal.CAMERA)
            .findFirst()
            .orElseThrow();
    private final TrackedTicket ticket = TrackedTicket.of(camera, pen);
    private final List<PortalEvent> happened = new ArrayList<>();
    private final List<DeskAction> desk = new ArrayList<>();

    @Test
    void theCorrelationIdIsTheHashOfTheCanonicalKey() {
        TicketName name = TicketName.ofSignal("Contoso ", "Room|12", "", "Front of Room", "display-1");

        assertThat(name.canonical()).isEqualTo("1|contoso|room%7c12|compute|display|display-1");
        assertThat(new TicketName("1|contoso|room-12|compute|display|display-1").correlationId())
                .isEqualTo("rb-84e5400178617b3df545ad8f6d4a6959ff4202b3");
        assertThat(TicketName.ofRecordedIssue("contoso", "7B7365-EPDOLF").canonical())
                .isEqualTo("1|contoso|recorded|7b7365-epdolf");
    }

    @Test
    void anUnhealthySignalHasOneActiveIncident() {
        happens(ticket.unhealthy(at(0)), ticket.status(at(5), TrackedTicket.NEEDS_ACTION));

        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 1));
    }

    @Test
    void aHealthySignalIsResolved() {
        happens(ticket.unhealthy(at(0)), ticket.resolved(at(30)));

        assertThat(truth()).isEqualTo(admitted(false, Expected.RESOLVED, 1));
    }

    @Test
    void aRelapseInsideTheHoldDownIsTheSameEpisode() {
        happens(ticket.unhealthy(at(0)), ticket.resolved(at(30)), ticket.unhealthy(at(44)));

        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 1));
    }

    @Test
    void aRelapseAfterTheHoldDownIsAnotherEpisode() {
        happens(ticket.unhealthy(at(0)), ticket.resolved(at(30)), ticket.unhealthy(at(46)));

        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 2));
    }

    @Test
    void flappingIsOneEpisode() {
        happens(ticket.unhealthy(at(0)));
        for (int minute = 5; minute < 60; minute += 10) {
            happens(ticket.resolved(at(minute)), ticket.unhealthy(at(minute + 5)));
        }
        happens(ticket.resolved(at(70)));

        assertThat(truth()).isEqualTo(admitted(false, Expected.RESOLVED, 1));
    }

    @Test
    void aSuppressedSignalHasNoIncidentUntilItFailsAgainHeard() {
        happens(news.signalSuppressed(camera, at(0)), ticket.unhealthy(at(5)), ticket.resolved(at(15)));
        assertThat(truth()).isEqualTo(setAside(SetAside.SUPPRESSED, false));

        happens(news.signalUnsuppressed(camera, at(60)), ticket.unhealthy(at(90)));
        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 1));
    }

    @Test
    void aTicketThatSaysItIsSuppressedIsBelieved() {
        ticket.setSuppressed(true);
        happens(ticket.unhealthy(at(5)));

        assertThat(truth()).isEqualTo(setAside(SetAside.SUPPRESSED, true));
    }

    @Test
    void aSuppressedDeviceSilencesItsSignals() {
        happens(news.deviceSuppressed(room, camera.device(), at(0)), ticket.unhealthy(at(5)));

        assertThat(truth()).isEqualTo(setAside(SetAside.SUPPRESSED, true));
    }

    @Test
    void aDeviceThatIsBeingSetUpHasNoIncidentUntilItIsEnrolled() {
        happens(news.onboarding(room, camera.device(), at(0)), ticket.unhealthy(at(5)), ticket.resolved(at(10)));
        assertThat(truth()).isEqualTo(setAside(SetAside.ONBOARDING, false));

        happens(news.enrolled(room, camera.device(), at(60)), ticket.unhealthy(at(90)));
        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 1));
    }

    @Test
    void aSignalThatIsSwitchedOffRecoversAndComesBackUnderAnotherPortalId() {
        happens(
                ticket.unhealthy(at(0)),
                news.switched(room.tenant(), Signal.CAMERA, false, at(30)),
                ticket.closed(at(31), TrackedTicket.SIGNAL_DISABLED));
        assertThat(truth()).isEqualTo(admitted(false, Expected.RESOLVED, 1));

        happens(news.switched(room.tenant(), Signal.CAMERA, true, at(90)), ticket.unhealthy(at(120)));
        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 2));
        assertThat(happened.get(4).name()).isEqualTo("ticket.opened");
        assertThat(happened.get(4).ticketId()).isNotEqualTo(happened.get(0).ticketId());
    }

    @Test
    void whatFailsWhileItsSignalIsSwitchedOffHasNoIncident() {
        happens(news.switched(room.tenant(), Signal.CAMERA, false, at(0)), ticket.unhealthy(at(5)));

        assertThat(truth()).isEqualTo(setAside(SetAside.SIGNAL_DISABLED, true));
    }

    @Test
    void aRecommendationBecomesAnIncidentOnlyWhenItGrows() {
        ticket.withSeverity("recommended");
        happens(ticket.unhealthy(at(0)));
        assertThat(truth()).isEqualTo(setAside(SetAside.RECOMMENDED_ONLY, true));

        happens(ticket.severity(at(30), "important", "manual"));
        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 1));
    }

    @Test
    void watchingIsNotUnhealthy() {
        happens(ticket.watching(at(0)), ticket.stillHealthy(at(20)));

        assertThat(truth()).isEqualTo(setAside(SetAside.NOT_UNHEALTHY, false));
    }

    @Test
    void whatAPersonTookStaysTheirsWhenTheSignalRecovers() {
        happens(ticket.unhealthy(at(0)), ticket.resolved(at(60)));
        acts(30, DeskAction.Act.ASSIGN);

        assertThat(truth()).isEqualTo(admitted(false, Expected.ACTIVE, 1));
    }

    @Test
    void whatAPersonResolvedAfterTheRecoveryIsReopenedByARelapse() {
        happens(ticket.unhealthy(at(0)), ticket.resolved(at(60)));
        acts(30, DeskAction.Act.ASSIGN);
        acts(100, DeskAction.Act.RESOLVE);
        assertThat(truth()).isEqualTo(admitted(false, Expected.RESOLVED, 1));

        happens(ticket.unhealthy(at(140)));
        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 2));
    }

    @Test
    void aPersonsWordLeavesTheRecoveryToJudgement() {
        happens(ticket.unhealthy(at(0)), ticket.resolved(at(60)));
        acts(30, DeskAction.Act.COMMENT);

        assertThat(truth())
                .isEqualTo(new Expectation(
                        ticket.name(), Optional.empty(), false, Expected.RESOLVED_OR_WORKED_ON, 1, false));
    }

    @Test
    void whatAPersonResolvesTooSoonIsForAnotherDay() {
        happens(ticket.unhealthy(at(0)));
        acts(30, DeskAction.Act.RESOLVE);

        assertThat(truth().state()).isEqualTo(Expected.RESOLVED_OR_WORKED_ON);
    }

    @Test
    void aPersonWhoComesAfterTheRecoveryChangesNothing() {
        happens(ticket.unhealthy(at(0)), ticket.resolved(at(10)));
        acts(60, DeskAction.Act.ASSIGN);

        assertThat(truth()).isEqualTo(admitted(false, Expected.RESOLVED, 1));
    }

    @Test
    void theTicketSurvivesANewNameNewHardwareAndAMovedRoom() {
        happens(ticket.unhealthy(at(0)));
        ticket.renameSignal();
        MeetingRoom other = room.changed("Other", "Studios");
        ticket.moveTo(new RoomSignal(other, camera.device().replacedBy("12345678-new"), Signal.CAMERA, "0"));
        happens(ticket.status(at(10), TrackedTicket.NEEDS_ACTION));

        assertThat(truth()).isEqualTo(admitted(true, Expected.ACTIVE, 1));
    }

    @Test
    void aRecordedIssueIsOneTicketForAllItsRooms() {
        TrackedTicket issue = TrackedTicket.recorded(Campus.of(1).rooms().subList(0, 3), "Echo", true, pen);
        happens(issue.recorded(at(0)), issue.resolvedBy(at(60), "Priya Raman"), issue.closed(at(62), "manual"));

        assertThat(truth())
                .isEqualTo(new Expectation(issue.name(), Optional.empty(), false, Expected.RESOLVED, 1, true));
    }

    @Test
    void brokenAndUnknownEventsDoNothing() {
        PortalEvent event = ticket.unhealthy(at(0));
        happens(
                event.as("ticket.pinned", PortalEvent.Form.UNKNOWN_TYPE, event.data()),
                event.as("ticket.opened", PortalEvent.Form.INVALID, event.data()),
                event.as("ticket.opened", PortalEvent.Form.TORN, event.data()));

        assertThat(Truth.of(happened, desk).tickets()).isEmpty();
    }

    private void happens(PortalEvent... events) {
        happened.addAll(List.of(events));
    }

    private void acts(int minute, DeskAction.Act act) {
        desk.add(new DeskAction(at(minute), ticket.name(), act, "done"));
    }

    /** The truth about the only ticket. */
    private Expectation truth() {
        List<Expectation> tickets = Truth.of(happened, desk).tickets();
        assertThat(tickets).hasSize(1);
        return tickets.get(0);
    }

    private Expectation admitted(boolean unhealthy, Expected state, int episodes) {
        return new Expectation(ticket.name(), Optional.empty(), unhealthy, state, episodes, true);
    }

    private Expectation setAside(SetAside reason, boolean unhealthy) {
        return new Expectation(ticket.name(), Optional.of(reason), unhealthy, Expected.NO_INCIDENT, 0, true);
    }

    private static Instant at(int minute) {
        return NINE.plusSeconds(minute * 60L);
    }
}
