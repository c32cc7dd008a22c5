package io.roombridge.eventhubs;

import io.roombridge.ticket.RetryLater;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Reads one partition from the moment it is ours until it is lost or reading stops: keeps deliveries in order by key, lets
 * up to N of them run at a time, presents failed ones again, and has covered ones checkpointed.
 *
 * <p>The SDK's thread blocks in {@link #deliver} while the window is full; that is the back-pressure. A delivery that rests
 * between two attempts holds its keys but no thread. Once closed, nothing starts, nothing is taken, and nothing more is
 * checkpointed; running attempts are never interrupted, because an interrupt in the middle of a write closes an H2 file
 * database for everybody.
 *
 * <p>After a dropped connection the same process reads the partition again while attempts of the old reader may still run.
 * The new reader waits for them, so that order by key holds across readers of one process.
 *
 * @param <T> what a delivery brings: an event of the hub, or one of the inbox
 */
final class PartitionReader<T> {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionReader.class);

    /** Some seconds: shorter faults pass without setting anything aside. */
    private static final int PATIENT_ATTEMPTS = 5;

    /** What all readers of a hub have in common. */
    record Shared<T>(
            ReadingSettings settings,
            Attempt<T> attempt,
            ReadingListener listener,
            RetryTimer timer,
            Clock clock,
            RandomGenerator jitter) {}

    private final HubPartition partition;
    private final Shared<T> shared;
    private final Claim claim;
    private final CheckpointWriter checkpoints;
    private final ExecutorService workers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, like all fields below. */
    private final PartitionWindow<T> window;

    private Optional<PartitionReader<T>> predecessor;
    private boolean taking = true;
    private boolean dropping;
    private OptionalLong delivered = OptionalLong.empty();
    private OptionalLong lastEnqueued = OptionalLong.empty();

    PartitionReader(HubPartition partition, Shared<T> shared, Claim claim, Optional<PartitionReader<T>> predecessor) {
        ReadingSettings settings = shared.settings();
        this.partition = partition;
        this.shared = shared;
        this.claim = claim;
        this.predecessor = predecessor;
        this.checkpoints = new CheckpointWriter(partition, claim, settings.checkpointEvery(), shared.listener());
        this.window = new PartitionWindow<>(settings.window(), settings.span(), settings.keysAtOnce());
        // A started delivery holds one of the window's running places, so that there is never more work than threads.
        this.workers = DaemonThreads.pool("hub-" + partition.hub() + "-" + partition.id(), settings.keysAtOnce());
    }

    /**
     * Takes the next event of the partition; blocks while the window is full.
     *
     * @param keys it runs after every earlier event that shares one of them
     * @param holder who may hold half of the window at most ({@link OrderKeys#holder})
     * @param lastEnqueued the last sequence number of the partition, if it is known
     * @throws RefusedDelivery when the partition is not ours any more
     */
    void deliver(
            long sequence,
            String offset,
            Set<String> keys,
            Optional<String> holder,
            T event,
            OptionalLong lastEnqueued) {
        lock.lock();
        try {
            awaitRoom();
            delivered = OptionalLong.of(sequence);
            this.lastEnqueued = lastEnqueued.isPresent() ? lastEnqueued : this.lastEnqueued;
            wakeIfCrowded(window.deliver(sequence, offset, keys, holder, event));
            startWhatMayStart();
        } finally {
            lock.unlock();
        }
        long behind = Math.max(0, lastEnqueued.orElse(0) - sequence);
        shared.listener().read(partition, sequence, behind);
    }

    /** Starts nothing more and takes nothing more; what runs goes on and may still be checkpointed. */
    void refuse() {
        lock.lock();
        try {
            taking = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no attempt runs; false when that took too long. */
    boolean awaitIdle(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (window.running() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return window.running() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Writes the checkpoint of what is covered, also by an attempt that has ended this moment. */
    void flush() {
        covered().ifPresent(checkpoints::cover);
        checkpoints.flush();
    }

    /**
     * Drops what is unfinished, without a checkpoint: it comes again to whoever reads the partition next.
     *
     * @return false if it was closed before
     */
    boolean close() {
        boolean first = checkpoints.close();
        List<Delivery<T>> waiting = drop();
        workers.shutdown();
        waiting.forEach(this::dropped);
        return first;
    }

    /** What waits at this moment; what runs is dropped or finished by its attempt. */
    private List<Delivery<T>> drop() {
        lock.lock();
        try {
            refuse();
            List<Delivery<T>> waiting = dropping ? List.of() : window.waiting();
            dropping = true;
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void dropped(Delivery<T> delivery) {
        shared.listener().dropped(partition, delivery.position().sequence());
    }

    boolean open() {
        return checkpoints.open();
    }

    PartitionStatus status() {
        OptionalLong written = checkpoints.writtenSequence();
        lock.lock();
        try {
            return new PartitionStatus(
                    partition,
                    window.unfinished(),
                    delivered,
                    written.isPresent() ? written : claim.checkpointed(),
                    lastEnqueued);
        } finally {
            lock.unlock();
        }
    }

    HubPartition partition() {
        return partition;
    }

    /** Called with the lock held. Looks up now and then, because nobody signals a lease that runs out. */
    private void awaitRoom() {
        long step = shared.settings().loadBalancingInterval().toNanos();
        try {
            while (taking && (window.full() || predecessorBusy())) {
                if (!claim.held()) {
                    // Refused once, refused for good: a later delivery must not let the checkpoint pass this one.
                    taking = false;
                    throw new RefusedDelivery(partition);
                }
                changed.awaitNanos(step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedDelivery(partition);
        }
        if (!taking) {
            throw new RefusedDelivery(partition);
        }
    }

    /** Called with the lock held; locks are only ever taken from a reader towards its predecessors. */
    private boolean predecessorBusy() {
        if (predecessor.isPresent() && predecessor.get().idle()) {
            predecessor = Optional.empty();
        }
        return predecessor.isPresent();
    }

    private boolean idle() {
        lock.lock();
        try {
            return window.running() == 0 && !predecessorBusy();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Called with the lock held. What rests is presented now, when the route may set it aside: behind it the rest of the
     * window would wait for the end of its pause.
     */
    private void wakeIfCrowded(Delivery<T> delivery) {
        if (window.crowded(delivery)) {
            window.restingBeside(delivery).forEach(window::wake);
        }
    }

    /** Called with the lock held. */
    private void startWhatMayStart() {
        if (!taking) {
            return;
        }
        for (Optional<Delivery<T>> next = window.start(); next.isPresent(); next = window.start()) {
            Delivery<T> delivery = next.get();
            workers.execute(() -> attempt(delivery));
        }
    }

    private void attempt(Delivery<T> delivery) {
        if (!stillOurs()) {
            rest(delivery, shared.settings().loadBalancingInterval());
            return;
        }
        int number = delivery.beginAttempt(shared.clock().instant());
        Optional<Throwable> failure = present(delivery, number);
        if (failure.isPresent()) {
            failed(delivery, number, failure.get());
        } else {
            finished(delivery, number);
        }
    }

    /** Nothing may escape, not even an Error: the delivery would hold its keys and its running place for ever. */
    private Optional<Throwable> present(Delivery<T> delivery, int number) {
        boolean crowded = crowded(delivery, number);
        try {
            return shared.attempt()
                    .make(
                            partition,
                            delivery.event(),
                            number,
                            delivery.firstAttemptAt().orElseThrow(),
                            crowded);
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    /**
     * Whether it stands in the way of others: its holder has too much of the window, or it has been tried so often that
     * what comes behind it would be known as unfinished for as long as its holder is away.
     */
    private boolean crowded(Delivery<T> delivery, int number) {
        if (number > PATIENT_ATTEMPTS && delivery.holder().isPresent()) {
            return true;
        }
        lock.lock();
        try {
            return window.crowded(delivery);
        } finally {
            lock.unlock();
        }
    }

    private boolean stillOurs() {
        lock.lock();
        try {
            return taking && claim.held();
        } finally {
            lock.unlock();
        }
    }

    private void finished(Delivery<T> delivery, int attempts) {
        lock.lock();
        try {
            window.finish(delivery);
            startWhatMayStart();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (delivery.failureTold) {
            about(Level.INFO, delivery, attempts).log("a delivery that had failed is finished");
        }
        shared.listener().finished(partition, delivery.position().sequence(), attempts);
        covered().ifPresent(checkpoints::cover);
    }

    private void failed(Delivery<T> delivery, int attempt, Throwable failure) {
        Duration pause =
                shared.settings().backoff().after(attempt, shared.jitter().nextDouble(), failure);
        if (!rest(delivery, pause)) {
            return;
        }
        // What the whole instance suffers is said by its calls, once for all the events that wait for it.
        boolean ofItsOwn = RetryLater.in(failure)
                .filter(later -> later.scope() == RetryLater.Scope.INSTANCE)
                .isEmpty();
        boolean tell = ofItsOwn && !delivery.failureTold;
        delivery.failureTold |= tell;
        LoggingEventBuilder said =
                about(tell ? Level.WARN : Level.DEBUG, delivery, attempt).addKeyValue("pause", pause);
        // What asks for patience says in a line why; a stack for each event of an outage would bury everything else.
        RetryLater.in(failure)
                .map(later -> said.addKeyValue("why", later.getMessage()))
                .orElseGet(() -> said.setCause(failure))
                .log("an attempt failed; the delivery is presented again");
        shared.listener().attemptFailed(partition, delivery.position().sequence(), attempt, failure);
    }

    /** Returns false when reading has ended, so that there is no next attempt, and an attempt cut short is no failure. */
    private boolean rest(Delivery<T> delivery, Duration pause) {
        boolean closed;
        lock.lock();
        try {
            window.rest(delivery);
            changed.signalAll();
            if (taking) {
                shared.timer().wakeAfter(pause, () -> wake(delivery));
                startWhatMayStart();
                return true;
            }
            closed = dropping;
        } finally {
            lock.unlock();
        }
        if (closed) {
            dropped(delivery);
        }
        return false;
    }

    private void wake(Delivery<T> delivery) {
        lock.lock();
        try {
            window.wake(delivery);
            startWhatMayStart();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Position> covered() {
        lock.lock();
        try {
            return window.covered();
        } finally {
            lock.unlock();
        }
    }

    private LoggingEventBuilder about(Level level, Delivery<T> delivery, int attempt) {
        return LOG.atLevel(level)
                .addKeyValue("partition", partition)
                .addKeyValue("sequence", delivery.position().sequence())
                .addKeyValue("attempt", attempt);
    }
}
