package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An instance does not tell when its incident was put on hold, only when it was changed last. A message of the customer
 * that may be newer than the hold is an unanswered one.
 */
class HandOverTest {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(directory);
        // The instance's clock is the machine's, and here it is right.
        bench.clock.reach(at("12:00"));
        bench.machine.reach(at("12:00"));
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(at("12:00")).opened(1));
        bench.poll();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aMessageDeliveredBeforeTheHoldWasReadMayBeNewerThanTheHold() {
        held("13:55");
        delivered("16:00", "15:31");
        polled("16:01");

        assertThat(clock()).isEqualTo("wait: the soc has the ball: the customer was the last to say something");
    }

    @Test
    void aWorkNoteAfterTheMessageDoesNotMakeTheHoldNewer() {
        held("13:55");
        delivered("15:32", "15:31");
        bench.reach(at("15:40"));
        bench.serviceNow.desk().as("beth.anglin").workNote(sysId(), "Called the site");
        polled("16:00");

        assertThat(clock()).isEqualTo("wait: the soc has the ball: the customer was the last to say something");
    }

    @Test
    void aHoldThatIsTheOnlyChangeSinceTheLastReadingIsNewerThanTheMessageBeforeIt() {
        delivered("13:00", "12:59");
        polled("13:01");
        held("13:55");
        polled("16:00");

        assertThat(clock()).startsWith("wait: the customer has time");
        assertThat(countFrom()).isEqualTo(at("13:55"));
    }

    @Test
    void aHoldSomewhereBetweenTwoReadingsIsNewerThanWhatWasSaidBeforeTheFirst() {
        delivered("13:00", "12:59");
        polled("13:01");
        held("13:55");
        bench.reach(at("14:10"));
        bench.serviceNow.desk().as("beth.anglin").workNote(sysId(), "Waits for the customer");
        polled("16:00");

        assertThat(clock()).startsWith("wait: the customer has time");
        assertThat(countFrom()).isEqualTo(at("14:10"));
    }

    private void held(String time) {
        bench.reach(at(time));
        bench.serviceNow.desk().as("beth.anglin").hold(sysId(), "1");
    }

    private void delivered(String time, String written) {
        bench.reach(at(time));
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(at(written)).message("m-" + written, "It still flickers"));
    }

    private void polled(String time) {
        bench.reach(at(time));
        bench.poll();
        // What the reading told the portal about the hold was sent; the next cycle reads what came meanwhile.
        bench.poll();
        bench.closeInactive();
    }

    private String clock() {
        return bench.closings()
                .clock(bench.ticket(ROOM, SIGNAL))
                .map(row -> row.decision() + ": " + row.reason())
                .orElseThrow();
    }

    private Instant countFrom() {
        return bench.closings()
                .clock(bench.ticket(ROOM, SIGNAL))
                .flatMap(row -> row.countFrom())
                .orElseThrow();
    }

    private String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }

    /** On Monday 1 June 2026. */
    private static Instant at(String time) {
        return Instant.parse("2026-06-01T" + time + ":00Z");
    }
}
