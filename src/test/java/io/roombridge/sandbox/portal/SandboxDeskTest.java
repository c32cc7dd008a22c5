package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.roombridge.sandbox.SandboxClock;
import io.roombridge.sandbox.portal.DayCheck.Verdict;
import io.roombridge.sandbox.portal.Truth.Expected;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.Setup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The judge and the agents at the real embedded desk. */
final class SandboxDeskTest {

    private static final Instant NOON = Instant.parse("2026-06-04T12:00:00Z");
    private static final TicketName TICKET = TicketName.ofSignal("contoso", "room-12", "compute", "Camera", "0");

    private final EmbeddedServiceNow serviceNow =
            EmbeddedServiceNow.start(Setup.defaults().withClock(SandboxClock.standingStill(NOON)));
    private final SandboxDesk desk = new SandboxDesk(serviceNow);

    @AfterEach
    void stop() {
        serviceNow.close();
    }

    @Test
    void agentsDoWhatTheScriptSays() {
        String sysId = open();

        desk.accept(action(DeskAction.Act.ASSIGN));
        assertThat(incident(sysId).field("assigned_to")).isNotEmpty();

        desk.accept(action(DeskAction.Act.COMMENT));
        assertThat(serviceNow.desk().journal(sysId)).isNotEmpty();

        desk.accept(action(DeskAction.Act.HOLD));
        assertThat(incident(sysId).state()).isEqualTo("3");

        desk.accept(action(DeskAction.Act.RESOLVE));
        assertThat(incident(sysId).state()).isEqualTo("6");
    }

    @Test
    void nobodyCanActOnATicketWithoutAnIncident() {
        assertThatCode(() -> desk.accept(action(DeskAction.Act.ASSIGN))).doesNotThrowAnyException();
    }

    @Test
    void theJudgeReadsStatesAndHistoryFromInside() {
        String sysId = open();
        assertThat(judge(Expected.ACTIVE, 1).wrong()).isEmpty();

        desk.accept(action(DeskAction.Act.RESOLVE));
        assertThat(judge(Expected.RESOLVED, 1).wrong()).isEmpty();
        assertThat(judge(Expected.ACTIVE, 1).passed()).isFalse();

        serviceNow.desk().as("beth.anglin").reopen(sysId);
        assertThat(judge(Expected.ACTIVE, 2).wrong()).isEmpty();
        assertThat(judge(Expected.ACTIVE, 1).passed()).isFalse();

        open();
        assertThat(judge(Expected.ACTIVE, 2).duplicates()).isEqualTo(1);
    }

    private Verdict judge(Expected state, int episodes) {
        boolean unhealthy = state == Expected.ACTIVE;
        Truth.Expectation expected = new Truth.Expectation(TICKET, Optional.empty(), unhealthy, state, episodes, true);
        return DayCheck.judge(new Truth(List.of(expected)), desk);
    }

    private String open() {
        return serviceNow
                .desk()
                .as("beth.anglin")
                .insert(
                        "incident",
                        Map.of("short_description", "Camera", "correlation_id", TICKET.correlationId(), "state", "1"));
    }

    private Incident incident(String sysId) {
        return serviceNow.desk().incident(sysId).orElseThrow();
    }

    private static DeskAction action(DeskAction.Act act) {
        return new DeskAction(NOON, TICKET, act, "Cable replaced.");
    }
}
