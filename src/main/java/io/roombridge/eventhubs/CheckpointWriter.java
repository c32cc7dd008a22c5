package io.roombridge.eventhubs;

import io.roombridge.log.Recurring;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the checkpoint of one partition: when enough more is covered, and at the latest at the next {@link #flush}.
 *
 * <p>Writes of a partition are serialised by this object's monitor and go only forward. A failed write is reported and tried
 * again with the next flush. After {@link #close} nothing is written: the partition may have a new owner by then.
 */
final class CheckpointWriter {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

    private final Recurring writing = new Recurring(LOG);
    private volatile boolean failing;
    private final HubPartition partition;
    private final Claim claim;
    private final int every;
    private final ReadingListener listener;
    private final AtomicReference<Position> covered = new AtomicReference<>();

    /** Written under the monitor, read without it. */
    private volatile Position written;

    private final AtomicBoolean closed = new AtomicBoolean();

    CheckpointWriter(HubPartition partition, Claim claim, int every, ReadingListener listener) {
        this.partition = partition;
        this.claim = claim;
        this.every = every;
        this.listener = listener;
    }

    /** Notes how far the partition is finished. Positions may arrive out of order: the furthest counts. */
    void cover(Position position) {
        Position furthest = covered.accumulateAndGet(
                position, (old, next) -> old == null || next.ordinal() > old.ordinal() ? next : old);
        // While the store fails only the flush tries again, or each finished delivery would wait for a broken database.
        if (!failing && ordinal(furthest) - ordinal(written) >= every) {
            flush();
        }
    }

    /** Writes what is covered and not yet written; returns when it is kept, or reported as failed. */
    synchronized void flush() {
        Position next = covered.get();
        if (closed.get() || ordinal(next) == ordinal(written)) {
            return;
        }
        try {
            claim.checkpoint(next);
        } catch (RuntimeException e) {
            failed(next, e);
            return;
        }
        written = next;
        failing = false;
        writing.over(partition.id()).addKeyValue("partition", partition).log("checkpoints are written again");
        listener.checkpointed(partition, next.sequence());
    }

    /**
     * Ends all writing. A write that is under way is not waited for.
     *
     * @return false if it was closed before
     */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean open() {
        return !closed.get();
    }

    OptionalLong writtenSequence() {
        return Optional.ofNullable(written)
                .map(Position::sequence)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private void failed(Position position, RuntimeException failure) {
        writing.failed(partition.id())
                .addKeyValue("partition", partition)
                .addKeyValue("sequence", position.sequence())
                .addKeyValue("why", failure.toString())
                .log("the checkpoint could not be written; it is tried again");
        failing = true;
        listener.checkpointFailed(partition, position.sequence(), failure);
    }

    private static long ordinal(Position position) {
        return position == null ? 0 : position.ordinal();
    }
}
