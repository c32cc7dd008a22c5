package io.roombridge.route;

import io.roombridge.eventhubs.RetryTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Wakes resting deliveries by a clock that jumps: hours of an outage pass as fast as the work in them is done. */
final class SimulatedRests implements RetryTimer {

    private final Clock clock;
    private final PriorityQueue<Rest> resting = new PriorityQueue<>(Comparator.comparing(Rest::until));
    private long begun;

    private record Rest(Instant until, Runnable wake) {}

    SimulatedRests(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void wakeAfter(Duration rest, Runnable wake) {
        resting.add(new Rest(clock.instant().plus(rest), wake));
        begun++;
    }

    /** When the first one wakes. */
    synchronized Optional<Instant> next() {
        return Optional.ofNullable(resting.peek()).map(Rest::until);
    }

    /** How many rests there were so far. */
    synchronized long begun() {
        return begun;
    }

    /** Wakes all whose time has come. */
    void ring() {
        due().forEach(Runnable::run);
    }

    private synchronized List<Runnable> due() {
        List<Runnable> due = new ArrayList<>();
        while (!resting.isEmpty() && !resting.peek().until().isAfter(clock.instant())) {
            due.add(resting.poll().wake());
        }
        return due;
    }
}
