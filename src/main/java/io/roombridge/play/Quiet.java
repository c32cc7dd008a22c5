package io.roombridge.play;

import io.roombridge.eventhubs.PartitionStatus;
import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for conditions in a play, in real time. */
final class Quiet {

    private static final long LOOK_EVERY_MS = 5;

    private final Sandbox sandbox;
    private final PlayedBridge bridge;
    private final Duration longest;

    Quiet(Sandbox sandbox, PlayedBridge bridge, Duration longest) {
        this.sandbox = sandbox;
        this.bridge = bridge;
        this.longest = longest;
    }

    /** Whether the condition came true in time. */
    boolean came(BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            rest();
        }
        return true;
    }

    /** Whether the bridge is through with all events, and the portal with all commands that stand in the hubs. */
    boolean everythingIsThrough() {
        List<PartitionStatus> read = bridge.reading();
        return sandbox.portal().idle()
                && sandbox.hubs().partitions(Sandbox.EVENTS).stream().allMatch(partition -> through(partition, read));
    }

    /** Waits until everything published is through, and every appointment that is due by the clock is kept. */
    void await() {
        do {
            if (!came(this::everythingIsThrough)) {
                throw new IllegalStateException(
                        "the bridge was not through within " + longest + ": " + bridge.reading());
            }
        } while (bridge.keepAppointments() + bridge.writeGathered() > 0);
    }

    /** Jumps from appointment to appointment until there is none any more. */
    void letAppointmentsRunOut(SandboxClock clock) {
        Optional<Instant> next = bridge.store().nextAppointment();
        while (next.isPresent()) {
            clock.advanceTo(next.get());
            await();
            next = bridge.store().nextAppointment();
        }
    }

    private boolean through(String partition, List<PartitionStatus> read) {
        long last = sandbox.hubs().lastSequenceNumber(Sandbox.EVENTS, partition);
        return last < 0
                || read.stream()
                        .anyMatch(status -> status.partition().id().equals(partition)
                                && status.unfinished() == 0
                                && status.delivered().equals(OptionalLong.of(last)));
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
