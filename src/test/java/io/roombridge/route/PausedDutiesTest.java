package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Pauses;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import io.roombridge.ticket.IncidentState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bridge does by itself waits during a pause, stays due, and is done after it. */
class PausedDutiesTest {

    @TempDir
    Path directory;

    private static Pause of(Direction direction) {
        return new Pause(direction, "contoso", Instant.EPOCH, "Beth Anglin", "change freeze");
    }

    @Test
    void nothingIsClosedForInactivityWhileEitherDirectionIsPaused() {
        for (Direction direction : Direction.values()) {
            try (SilentTicket ticket = new SilentTicket(directory.resolve(direction.label()))) {
                ticket.opened().warned();
                ticket.bench.books().pauses().pause(of(direction));
                ticket.bench.lookAt(SilentTicket.FRIDAY_AT_NINE);
                assertThat(ticket.state()).as(direction.label()).isEqualTo(IncidentState.NEW);

                ticket.bench.books().pauses().resume(of(direction));
                ticket.bench.lookAt(SilentTicket.FRIDAY_AT_NINE.plus(Duration.ofMinutes(1)));
                assertThat(ticket.state()).as(direction.label()).isEqualTo(IncidentState.RESOLVED);
            }
        }
    }

    @Test
    void whatAutomationSaidIsWrittenAfterThePause() {
        try (Bench bench = Bench.inMemory()) {
            bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
            bench.deliver(PortalEvent.of("room-1", "Camera").remediation("r-1", "restarted it"));
            bench.books().pauses().pause(of(Direction.TO_SERVICENOW));
            bench.pass(Gathered.WAIT.multipliedBy(3));
            assertThat(bench.journal("room-1", "Camera")).noneMatch(text -> text.contains("restarted it"));

            bench.books().pauses().resume(of(Direction.TO_SERVICENOW));
            bench.pass(Duration.ofSeconds(1));
            assertThat(bench.journal("room-1", "Camera"))
                    .filteredOn(text -> text.contains("restarted it"))
                    .hasSize(1);
        }
    }

    @Test
    void aTicketThatNothingHoldsBackAnyMoreGetsItsIncidentAfterThePause() {
        try (Bench bench = Bench.inShadow()) {
            bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
            bench.goLive();
            bench.books().pauses().pause(of(Direction.TO_SERVICENOW));
            bench.pass(Duration.ofHours(1));
            assertThat(bench.serviceNow.requests().writes()).isEmpty();

            bench.books().pauses().resume(of(Direction.TO_SERVICENOW));
            bench.pass(Duration.ofMinutes(1));
            assertThat(bench.state("room-1", "Camera")).isEqualTo(IncidentState.NEW);
        }
    }

    @Test
    void filesWaitWhicheverDirectionIsPaused() throws IOException {
        for (Direction direction : Direction.values()) {
            try (FilesBench bench = new FilesBench(directory.resolve("files-" + direction.label()))) {
                Pauses pauses = bench.bench.books().pauses();
                bench.attached("a-1", "photo.png", "image/png", new byte[100]);
                pauses.pause(of(direction));
                bench.carry();
                bench.pass(Duration.ofHours(1));
                bench.carry();
                assertThat(bench.attachments()).as(direction.label()).isEmpty();

                pauses.resume(of(direction));
                bench.carryUntilQuiet();
                assertThat(bench.attachments()).as(direction.label()).hasSize(1);
            }
        }
    }
}
