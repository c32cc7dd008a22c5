package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import java.util.OptionalLong;

/** Reading positions that move forward by themselves and go back only when they are told to (design, section 3.1). */
public interface RewindableCheckpoints extends CheckpointStore {

    /**
     * Makes a partition continue after another sequence number than it would: the next reader that opens it starts there.
     * Stop reading first, or the reader that has it open moves the checkpoint forward again.
     *
     * @param after the sequence number of the last event that is not read again; empty for the earliest event of the hub
     */
    void rewind(HubPartition partition, OptionalLong after);

    /** How many checkpoints were ignored because they would have gone backwards. */
    long ignored();
}
