package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.IncidentState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A change may come twice, late, after a crash, or meet a fault at any call: applying it again changes nothing. Random
 * scenarios against the simplest model there is: the event with the highest sequence tells the state.
 *
 * <p>Replay one with {@code -Drepeats.seed=N}.
 */
class RepeatsChangeNothingTest {

    private static final int SCENARIOS = 8;
    private static final int ROOMS = 4;
    private static final String SIGNAL = "Camera";

    @TempDir
    Path directory;

    static LongStream seeds() {
        Long one = Long.getLong("repeats.seed");
        return one == null ? LongStream.rangeClosed(1, SCENARIOS) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void howeverChangesComeEachTicketEndsWithOneIncidentInTheRightState(long seed) {
        Random random = new Random(seed);
        try (Bench bench = new Bench(directory)) {
            for (PortalEvent event : stream(random)) {
                maybeFault(bench, random);
                if (random.nextInt(8) == 0) {
                    crashAfterTheWrite(bench, event);
                }
                bench.deliver(event);
            }
            bench.serviceNow.faults().clear();
            bench.settleAppointments();

            for (int room = 1; room <= ROOMS; room++) {
                check(bench, "room-" + room, lastIsHealthy(room));
            }
        }
    }

    /** Every event of every room, some twice, in any order; the events of a room end with room's parity. */
    private static List<PortalEvent> stream(Random random) {
        List<PortalEvent> all = new ArrayList<>();
        for (int room = 1; room <= ROOMS; room++) {
            for (int number = 1; number <= lastSequence(room); number++) {
                PortalEvent event = event(room, number);
                all.add(event);
                if (random.nextBoolean()) {
                    all.add(event);
                }
            }
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static int lastSequence(int room) {
        return 4 + room;
    }

    private static boolean lastIsHealthy(int room) {
        return lastSequence(room) % 2 == 0;
    }

    /** Odd sequences are unhealthy, even ones healthy; each unhealthy one is the next occurrence. */
    private static PortalEvent event(int room, int number) {
        PortalEvent event = PortalEvent.of("room-" + room, SIGNAL).at(PortalEvent.MORNING.plusSeconds(3600L * number));
        if (number % 2 == 0) {
            return event.occurrence(number / 2).resolved(number);
        }
        return number == 1 ? event.opened(1) : event.reopened(number, (number + 1) / 2);
    }

    private static void maybeFault(Bench bench, Random random) {
        List<Fault> faults = List.of(
                Fault.timeoutAfterCommit(),
                Fault.timeoutBeforeCommit(),
                Fault.lateCommit(Duration.ofSeconds(55)),
                Fault.truncated(),
                Fault.accepted(),
                Fault.maximumExecutionTime(),
                Fault.htmlPage(503),
                Fault.resultThenError(),
                Fault.connectionReset(),
                Fault.hibernating());
        if (random.nextInt(3) == 0) {
            bench.serviceNow.faults().on(RequestMatcher.anything()).next(1, faults.get(random.nextInt(faults.size())));
        }
    }

    private static void crashAfterTheWrite(Bench bench, PortalEvent event) {
        try {
            bench.upToRecord(event);
        } catch (RuntimeException cutOff) {
            // The attempt itself met a fault; either way nothing of it is recorded.
        }
        bench.restart();
    }

    private static void check(Bench bench, String room, boolean healthy) {
        assertThat(bench.serviceNow
                        .desk()
                        .correlatedTo(bench.ticket(room, SIGNAL).id().value()))
                .as("incidents of %s", room)
                .hasSize(1);
        assertThat(bench.state(room, SIGNAL))
                .as(
                        "state of %s after %s and %s",
                        room, bench.store().history(bench.ticket(room, SIGNAL)), bench.journal(room, SIGNAL))
                .isEqualTo(healthy ? IncidentState.RESOLVED : IncidentState.NEW);
        Set<String> references = new HashSet<>();
        assertThat(bench.journal(room, SIGNAL))
                .as("journal of %s", room)
                .allSatisfy(entry -> assertThat(references.add(lastLine(entry)))
                        .as("first time: %s", lastLine(entry))
                        .isTrue());
    }

    private static String lastLine(String entry) {
        String text = entry.stripTrailing();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
