package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A paused direction: changes wait in their order, nothing expires, and what waited goes first (design, section 3.1). */
class PauseTest {

    private static final Outcome WAITS = new Outcome.Parked(Reason.PAUSED);

    private final Bench bench = Bench.inMemory();

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private static PortalEvent camera() {
        return PortalEvent.of("room-1", "Camera");
    }

    private Pause of(Direction direction, String tenant) {
        return new Pause(direction, tenant, bench.clock.instant(), "Beth Anglin", "change freeze");
    }

    private void pause(Direction direction) {
        assertThat(bench.books().pauses().pause(of(direction, "contoso"))).isTrue();
    }

    private void resume(Direction direction) {
        assertThat(bench.books().pauses().resume(of(direction, "contoso"))).isTrue();
    }

    @Test
    void eventsWaitInTheirOrderAndTheHubIsReadOn() {
        pause(Direction.TO_SERVICENOW);

        assertThat(bench.deliver(camera().opened(1))).isEqualTo(WAITS);
        assertThat(bench.deliver(camera().severity(2, "critical"))).isEqualTo(WAITS);
        assertThat(bench.deliver(RoomEvent.ofSignal("suppressed", "room-2", "Camera", bench.clock.instant())))
                .isEqualTo(WAITS);
        bench.replay();
        bench.pass(Duration.ofDays(40));
        bench.replay();

        assertThat(bench.serviceNow.requests().all()).isEmpty();
        assertThat(bench.store().deadLetters()).hasSize(3).allMatch(letter -> letter.reason() == Reason.PAUSED);
    }

    @Test
    void whatComesDuringTheResumptionStaysBehindWhatWaited() {
        pause(Direction.TO_SERVICENOW);
        bench.deliver(camera().opened(1));
        bench.deliver(camera().sequence(1).message("m-1", "first"));
        bench.deliver(camera().sequence(1).message("m-2", "second"));
        resume(Direction.TO_SERVICENOW);

        assertThat(bench.deliver(camera().sequence(1).message("m-3", "third"))).isEqualTo(WAITS);
        assertThat(bench.deliver(PortalEvent.of("room-2", "Camera").opened(1))).isEqualTo(WAITS);
        bench.replayAll();

        assertThat(bench.entries(bench.ticket("room-1", "Camera"), "comments"))
                .extracting(text -> List.of("first", "second", "third").stream()
                        .filter(text::contains)
                        .findFirst()
                        .orElse("?"))
                .containsExactly("first", "second", "third");
        assertThat(bench.state("room-2", "Camera")).isEqualTo(IncidentState.NEW);
        assertThat(bench.deliver(PortalEvent.of("room-3", "Camera").opened(1)).reason())
                .isEqualTo(Reason.INCIDENT_CREATED);
    }

    @Test
    void oneChangeThatIsDeadAfterwardsKeepsNobodyElseWaiting() {
        pause(Direction.TO_SERVICENOW);
        bench.deliver(camera().titled("forbidden words").opened(1));
        bench.deliver(camera().severity(2, "critical"));
        bench.serviceNow.switches().abortWrites("No such words", value -> value.contains("forbidden words"));
        resume(Direction.TO_SERVICENOW);
        bench.replay();

        assertThat(bench.deliver(PortalEvent.of("room-2", "Camera").opened(1)).reason())
                .isEqualTo(Reason.INCIDENT_CREATED);
        assertThat(bench.deliver(camera().severity(3, "warning")).reason()).isEqualTo(Reason.BEHIND_DEAD);
    }

    @Test
    void whatIsDueStaysDue() {
        bench.deliver(camera().opened(1));
        bench.deliver(camera().at(bench.clock.instant()).resolved(2));
        pause(Direction.TO_SERVICENOW);
        bench.pass(Duration.ofHours(2));
        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);

        resume(Direction.TO_SERVICENOW);
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aRecoveryThatWaitsInParkedEventsIsNotOvertaken() {
        bench.deliver(camera().opened(1));
        bench.deliver(camera().at(bench.clock.instant()).resolved(2));
        pause(Direction.TO_SERVICENOW);
        bench.deliver(camera().at(bench.clock.instant()).reopened(3, 2));
        resume(Direction.TO_SERVICENOW);
        bench.pass(Duration.ofHours(2));
        bench.replayAll();
        bench.pass(Duration.ofHours(2));

        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);
    }

    @Test
    void commandsWaitAndWhatPeopleDoIsHeardAllTheSame() {
        bench.deliver(camera().opened(1));
        bench.poll();
        pause(Direction.TO_PORTAL);
        String incident = bench.incident("room-1", "Camera").sysId();
        bench.serviceNow.desk().as("beth.anglin").comment(incident, "We are on it");
        bench.machine.advance(Duration.ofMinutes(1));
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            bench.poll(command -> sent.add(command.name()));
            bench.machine.advance(Duration.ofMinutes(1));
        }
        assertThat(sent).isEmpty();
        assertThat(bench.told()).contains("message-add");

        resume(Direction.TO_PORTAL);
        List<OutgoingCommand> after = new ArrayList<>();
        bench.poll(after::add);

        assertThat(after).extracting(OutgoingCommand::name).contains("message-add");
    }

    @Test
    void anotherTenantGoesOnAndEveryTenantMeansAll() {
        bench.books().pauses().pause(of(Direction.TO_SERVICENOW, "fabrikam"));
        assertThat(bench.deliver(camera().opened(1)).reason()).isEqualTo(Reason.INCIDENT_CREATED);

        bench.books().pauses().pause(of(Direction.TO_SERVICENOW, "*"));
        assertThat(bench.deliver(camera().severity(2, "critical"))).isEqualTo(WAITS);
    }

    @Test
    void aPauseSurvivesARestartAndIsAudited() {
        pause(Direction.TO_SERVICENOW);
        bench.reborn();

        assertThat(bench.deliver(camera().opened(1))).isEqualTo(WAITS);
        resume(Direction.TO_SERVICENOW);
        assertThat(bench.books().pauses().resume(of(Direction.TO_SERVICENOW, "contoso")))
                .isFalse();
        assertThat(bench.books().audit().since(bench.clock.instant().minus(Duration.ofDays(1)), 10))
                .extracting(entry -> entry.act() + " " + entry.subject() + " by " + entry.by())
                .containsExactlyInAnyOrder(
                        "paused to-servicenow of contoso by Beth Anglin",
                        "resumed to-servicenow of contoso by Beth Anglin");
    }
}
