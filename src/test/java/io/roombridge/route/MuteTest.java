package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.correlation.Mutes;
import io.roombridge.correlation.Pauses;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import io.roombridge.correlation.TicketBook;
import io.roombridge.ops.Call;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.MuteEndpoints;
import io.roombridge.ops.Refusal;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quiet on demand: always with an end, honoured like a suppression (docs/operations.md, "Mute"). */
class MuteTest {

    private final Bench bench = Bench.inMemory();

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private static PortalEvent camera() {
        return PortalEvent.of("room-1", "Camera");
    }

    private JsonNode ask(Call call) {
        return new Endpoints(MuteEndpoints.of(new Mutes(bench.jdbi()), new TicketBook(bench.jdbi()), bench.clock))
                .ask(call);
    }

    private JsonNode mute(String what, String until) {
        JsonNode muted = ask(Call.post(
                MuteEndpoints.MUTE,
                new ObjectMapper()
                        .createObjectNode()
                        .put("what", what)
                        .put("until", until)
                        .put("by", "Beth Anglin")
                        .put("reason", "the room is rebuilt")));
        bench.pass(Duration.ofMinutes(1));
        return muted;
    }

    private void unmute() {
        int id = ask(Call.get(MuteEndpoints.LIST, Map.of())).get(0).path("id").asInt();
        ask(Call.post(
                MuteEndpoints.UNMUTE,
                new ObjectMapper()
                        .createObjectNode()
                        .put("id", id)
                        .put("by", "Beth")
                        .put("reason", "done")));
    }

    private Reason opened(String room, String signal) {
        return bench.deliver(
                        PortalEvent.of(room, signal).at(bench.clock.instant()).opened(1))
                .reason();
    }

    @Test
    void aMutedRoomRaisesNothingUntilTheTimeIsOver() {
        bench.deliver(camera().opened(1));
        mute("ROOM-1", "PT4H");

        assertThat(opened("room-1", "Display")).isEqualTo(Reason.SUPPRESSED);
        assertThat(opened("room-2", "Display")).isEqualTo(Reason.INCIDENT_CREATED);
        bench.pass(Duration.ofHours(5));

        assertThat(bench.state("room-1", "Display")).isEqualTo(IncidentState.NEW);
    }

    @Test
    void aMutedTicketKeepsItsIncidentAsItIs() {
        bench.deliver(camera().opened(1));
        mute(bench.incident("room-1", "Camera").number(), "PT4H");

        bench.deliver(camera().at(bench.clock.instant()).resolved(2));
        bench.pass(Duration.ofHours(2));
        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);

        // Heard again, its hold-down starts afresh, as after a suppression.
        bench.pass(Duration.ofHours(3));
        bench.pass(Duration.ofMinutes(16));
        assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aMutedSignalIsSilentInEveryRoomAndThePortalDoesNotLiftIt() {
        bench.deliver(camera().opened(1));
        mute("camera", "P1D");

        assertThat(opened("room-2", "Camera")).isEqualTo(Reason.SUPPRESSED);
        bench.deliver(RoomEvent.ofSignal("unsuppressed", "room-2", "Camera", bench.clock.instant()));

        assertThat(bench.ticket("room-2", "Camera").chain()).isEmpty();
        assertThat(opened("room-2", "Display")).isEqualTo(Reason.INCIDENT_CREATED);
    }

    @Test
    void aMuteThatIsEndedEarlyGivesWhatWasHeldBack() {
        bench.deliver(camera().opened(1));
        mute("camera", "P1D");
        opened("room-2", "Camera");

        unmute();
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state("room-2", "Camera")).isEqualTo(IncidentState.NEW);
        assertThat(ask(Call.get(MuteEndpoints.LIST, Map.of()))).isEmpty();
        assertThat(bench.books().audit().since(bench.clock.instant().minus(Duration.ofDays(1)), 10))
                .extracting(entry -> entry.act() + " " + entry.subject())
                .contains("muted signal camera of contoso", "unmuted signal camera of contoso");
    }

    @Test
    void aMuteThatIsEndedDuringAPauseGivesNothingUntilThatIsOver() {
        bench.deliver(camera().opened(1));
        mute("camera", "P1D");
        opened("room-2", "Camera");
        Pause pause = new Pause(
                Direction.TO_SERVICENOW, Pauses.EVERY_TENANT, bench.clock.instant(), "Beth Anglin", "change freeze");
        bench.books().pauses().pause(pause);
        bench.deliver(
                PortalEvent.of("room-2", "Camera").at(bench.clock.instant()).resolved(2));

        unmute();
        bench.pass(Duration.ofHours(1));
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);

        bench.books().pauses().resume(pause);
        bench.pass(Duration.ofMinutes(1));
        bench.replayAll();
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.ticket("room-2", "Camera").chain())
                .as("it was healthy again meanwhile")
                .isEmpty();
    }

    @Test
    void aMuteThatIsEndedWhileItBeginsIsEndedForItsTicketsToo() {
        bench.deliver(camera().opened(1));
        Mutes mutes = new Mutes(bench.jdbi());
        mute("room-1", "P1D");
        Mutes.Mute begun = mutes.holding(bench.clock.instant()).get(0);
        unmute();

        mutes.applied(begun);

        assertThat(mutes.unapplied()).extracting(Mutes.Mute::id).containsExactly(begun.id());
    }

    @Test
    void aMuteWithoutAnEndOrOfNothingKnownIsRefused() {
        bench.deliver(camera().opened(1));

        assertThatThrownBy(() -> mute("room-9", "PT4H"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no ticket, room or signal room-9 is known");
        assertThatThrownBy(() -> mute("room-1", "for ever")).hasMessageContaining("is no time");
        assertThatThrownBy(() -> mute("room-1", "P400D")).hasMessageContaining("more than a year");
        assertThatThrownBy(() -> mute("room-1", "2026-01-01T00:00:00Z")).hasMessageContaining("is over");
    }
}
