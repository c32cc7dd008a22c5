package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class BlobCheckpointsTest extends CheckpointStoreContract {

    private static Azurite azurite;
    private static int containers;

    private BlobCheckpoints store;

    @BeforeAll
    static void startAzurite() throws Exception {
        azurite = Azurite.start();
    }

    @AfterAll
    static void stopAzurite() {
        if (azurite != null) {
            azurite.close();
        }
    }

    @BeforeEach
    void createContainer() {
        store = BlobCheckpoints.in(azurite.connectionString(), "checkpoints-" + containers++);
    }

    @Override
    CheckpointStore store() {
        return store;
    }

    @Override
    void rewind(HubPartition partition, OptionalLong after) {
        store.rewind(partition, after);
    }

    @Override
    long ignored() {
        return store.ignored();
    }
}
