package io.roombridge.eventhubs;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens while hubs are read, over all partitions since the process began. */
public final class ReadingCounters implements ReadingListener {

    private final LongAdder read = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder checkpoints = new LongAdder();
    private final LongAdder failedCheckpoints = new LongAdder();
    private final LongAdder gained = new LongAdder();
    private final LongAdder lost = new LongAdder();

    @Override
    public void gained(HubPartition partition) {
        gained.increment();
    }

    @Override
    public void lost(HubPartition partition, String why) {
        lost.increment();
    }

    @Override
    public void read(HubPartition partition, long sequence, long behind) {
        read.increment();
    }

    @Override
    public void attemptFailed(HubPartition partition, long sequence, int attempt, Throwable failure) {
        failedAttempts.increment();
    }

    @Override
    public void finished(HubPartition partition, long sequence, int attempts) {
        finished.increment();
    }

    @Override
    public void dropped(HubPartition partition, long sequence) {
        dropped.increment();
    }

    @Override
    public void checkpointed(HubPartition partition, long sequence) {
        checkpoints.increment();
    }

    @Override
    public void checkpointFailed(HubPartition partition, long sequence, Throwable failure) {
        failedCheckpoints.increment();
    }

    public long read() {
        return read.sum();
    }

    public long failedAttempts() {
        return failedAttempts.sum();
    }

    public long finished() {
        return finished.sum();
    }

    public long dropped() {
        return dropped.sum();
    }

    public long checkpoints() {
        return checkpoints.sum();
    }

    public long failedCheckpoints() {
        return failedCheckpoints.sum();
    }

    public long partitionsGained() {
        return gained.sum();
    }

    public long partitionsLost() {
        return lost.sum();
    }
}
