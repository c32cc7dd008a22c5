package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Brake;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.IncidentState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keeps a ticket from being closed in its last seconds, one guard after the other: each test is red without its
 * guard. The ticket is the one of {@link InactivityTest}: warned, due when Thursday 4 June 2026 ends in Berlin.
 */
class ClosingGuardsTest {

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Camera";
    private static final Instant WEDNESDAY_AT_NINE = Instant.parse("2026-06-03T07:00:00Z");
    private static final Instant DUE = Instant.parse("2026-06-04T22:00:00Z");
    private static final Instant FRIDAY_AT_NINE = Instant.parse("2026-06-05T07:00:00Z");

    /** The last reading before the write is the second one of the files: after the claim. */
    private static final int BEFORE_THE_WRITE = 2;

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void aTicketThatWasWarned() {
        bench = new Bench(directory);
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant()).opened(1));
        bench.poll();
        bench.lookAt(WEDNESDAY_AT_NINE);
        assertThat(bench.closings().records(Step.WARNED, Instant.EPOCH)).hasSize(1);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aWorkerThatLostItsLeaseDuringTheLastLookWritesNothing() {
        atNineOnFriday();
        duringTheLastLook(() -> bench.onDuty(false));

        bench.closeInactive();

        assertNotClosed("another node took the work over");
    }

    @Test
    void aLastLookThatTookLongerThanFiveSecondsIsNotTheLastOne() {
        atNineOnFriday();
        duringTheLastLook(() -> bench.machine.advance(Duration.ofMillis(5001)));

        bench.closeInactive();

        assertNotClosed("the last look took too long");
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void serviceNowHasToBeReadAMinuteAfterTheDueInstantByItsOwnClock() {
        // The instance's clock is far behind the bridge's.
        bench.machine.reach(DUE.plusSeconds(59));
        bench.clock.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);
        bench.poll();

        bench.closeInactive();

        assertNotClosed("not read late enough after the ticket came due, by its own clock");
        bench.machine.advance(Duration.ofSeconds(1));
        bench.clock.advance(Duration.ofMinutes(10));
        bench.closeInactive();
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aHiddenJournalHidesWhatPeopleWroteAndClosesNothing() {
        bench.reach(DUE.minusSeconds(1));
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "We are on it");
        bench.serviceNow.switches().journalsReadable(false);
        bench.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);

        bench.closeInactive();

        assertNotClosed("the journal of the incident cannot be read");
    }

    @Test
    void theBrakeHoldsAtItsLimit() {
        bench.closing(rules -> new InactivityRules(
                true,
                rules.since(),
                rules.days(),
                rules.window(),
                new Brake(0, 0),
                rules.region(),
                rules.serviceCallers(),
                rules.keepOpenField(),
                rules.closeCodes()));

        bench.lookAt(FRIDAY_AT_NINE);

        assertNotClosed("the brake holds");
    }

    @Test
    void aCommentOneSecondBeforeTheDueInstantThatWasNotPolledYetPreventsTheClosing() {
        bench.lookAt(DUE.minusSeconds(60));
        bench.reach(DUE.minusSeconds(1));
        bench.serviceNow.desk().as("beth.anglin").comment(sysId(), "One second before");
        bench.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);

        bench.closeInactive();

        assertNotClosed("somebody wrote in it");
    }

    private void atNineOnFriday() {
        bench.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);
        bench.poll();
    }

    private void duringTheLastLook(Runnable what) {
        AtomicInteger readings = new AtomicInteger();
        bench.serviceNow.faults().on(RequestMatcher.table("sys_attachment")).always(Fault.meanwhile(() -> {
            if (readings.incrementAndGet() == BEFORE_THE_WRITE) {
                what.run();
            }
        }));
    }

    private void assertNotClosed(String why) {
        assertThat(bench.state(ROOM, SIGNAL)).isEqualTo(IncidentState.NEW);
        assertThat(bench.journal(ROOM, SIGNAL)).noneMatch(entry -> entry.contains("Closed for inactivity"));
        assertThat(bench.closings()
                        .clock(bench.ticket(ROOM, SIGNAL))
                        .orElseThrow()
                        .reason())
                .contains(why);
    }

    private String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }
}
