package io.roombridge.eventhubs;

/**
 * Is told what happens while hubs are read, for metrics and health. Called on the threads that read and work: quick, and
 * without exceptions. For each partition {@code read = finished + unfinished + dropped when the partition was lost}.
 */
public interface ReadingListener {

    /** A listener that ignores everything. */
    ReadingListener NONE = new ReadingListener() {};

    /** The partition is read by this process from now on. */
    default void gained(HubPartition partition) {}

    /** The partition is no longer read by this reader; what was unfinished comes again to whoever reads it next. */
    default void lost(HubPartition partition, String why) {}

    /**
     * An event was delivered.
     *
     * @param behind how many sequence numbers the hub is ahead of it, as far as the hub told
     */
    default void read(HubPartition partition, long sequence, long behind) {}

    /** An attempt failed and will be repeated; attempts cut short by a stop are not reported. */
    default void attemptFailed(HubPartition partition, long sequence, int attempt, Throwable failure) {}

    /** A delivery is finished, after so many attempts. */
    default void finished(HubPartition partition, long sequence, int attempts) {}

    /** A delivery is dropped without having been finished, because the partition was lost; it comes again to its next reader. */
    default void dropped(HubPartition partition, long sequence) {}

    /** Everything delivered up to this sequence number is finished, and that is kept. */
    default void checkpointed(HubPartition partition, long sequence) {}

    /** The hub could not be reached, or a partition not be read; it is tried again. */
    default void troubled(Throwable failure) {}

    /** The checkpoint could not be written; it is tried again. */
    default void checkpointFailed(HubPartition partition, long sequence, Throwable failure) {}
}
