package io.roombridge.eventhubs;

import java.util.OptionalLong;

/** The right to read one partition, and the place where it is kept how far the partition is finished. */
interface Claim {

    /** True while nobody else can have claimed the partition. */
    boolean held();

    /** The sequence number of the checkpoint when the partition was claimed. */
    OptionalLong checkpointed();

    /**
     * Everything delivered up to here is finished; returns when that is kept.
     *
     * @throws RuntimeException when it could not be kept
     */
    void checkpoint(Position covered);
}
