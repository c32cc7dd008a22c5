package io.roombridge;

import io.roombridge.eventhubs.PartitionStatus;
import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.SandboxClock;
import io.roombridge.sandbox.portal.CampusDay;
import io.roombridge.sandbox.portal.DayCheck;
import io.roombridge.sandbox.portal.PortalSimulator;
import io.roombridge.sandbox.portal.SandboxDesk;
import io.roombridge.sandbox.portal.Summary;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Plays one day through the bridge, as fast as the bridge is through with each instant, and has it judged. The clock
 * jumps; only the bridge's own calls take real time.
 */
final class CampusDayPlay {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MS = 5;

    private final Sandbox sandbox;
    private final Bridge bridge;
    private final SandboxClock clock;
    private final long seed;

    CampusDayPlay(Sandbox sandbox, Bridge bridge, SandboxClock clock, long seed) {
        this.sandbox = sandbox;
        this.bridge = bridge;
        this.clock = clock;
        this.seed = seed;
    }

    /** Prints the summary; true if every admitted ticket has exactly one chain, with its incident in the right state. */
    boolean play(PrintWriter out) {
        CampusDay day = CampusDay.of(seed, SandboxCommand.FIRST_DAY);
        SandboxDesk desk = new SandboxDesk(sandbox.serviceNow());
        try (PortalSimulator portal = new PortalSimulator(sandbox.hubs().connectionString(Sandbox.EVENTS), clock)) {
            portal.play(day, this::awaitQuiet, desk);
            letRecoveriesRunOut();
            DayCheck.Verdict verdict = DayCheck.judge(day.truth(), desk);
            Summary summary = new Summary(seed, day.truth(), portal.published(), bridgeCalls(), verdict);
            bridge.outcomes().counts().forEach((label, count) -> out.printf("  %6d %s%n", count, label));
            out.print(summary.text());
            return verdict.passed();
        }
    }

    private long bridgeCalls() {
        return sandbox.serviceNow().requests().total();
    }

    private void letRecoveriesRunOut() {
        Optional<Instant> next = bridge.store().nextRecovery();
        while (next.isPresent()) {
            clock.advanceTo(next.get());
            awaitQuiet();
            next = bridge.store().nextRecovery();
        }
    }

    /** Until everything published is through, and whatever is due by the clock is carried out. */
    private void awaitQuiet() {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        do {
            while (!everythingIsThrough()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "the bridge was not through within " + LONGEST_WAIT + ": " + bridge.reading());
                }
                rest();
            }
        } while (bridge.recover() + bridge.writeGathered() > 0);
    }

    private boolean everythingIsThrough() {
        List<PartitionStatus> read = bridge.reading();
        for (String partition : List.of("0", "1", "2", "3")) {
            long last = sandbox.hubs().lastSequenceNumber(Sandbox.EVENTS, partition);
            boolean through = last < 0
                    || read.stream()
                            .anyMatch(status -> status.partition().id().equals(partition)
                                    && status.unfinished() == 0
                                    && status.delivered().equals(OptionalLong.of(last)));
            if (!through) {
                return false;
            }
        }
        return true;
    }

    private static void rest() {
        try {
            if (new CountDownLatch(1).await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the bridge", e);
        }
    }
}
