package io.roombridge.eventhubs;

import static io.roombridge.eventhubs.ReadingBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.CheckpointStore;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void hubIsReadOnFromTheBlobsAfterARestart() throws Exception {
        try (ReadingBench bench = new ReadingBench(2)) {
            bench.send("a1", "b1", "c1", "d1");
            bench.read(ReadingBench.quick(), store);
            eventually().until(() -> bench.desk.done().size() == 4);
            bench.stopReading();

            bench.send("a2", "b2", "c2", "d2");
            bench.read(ReadingBench.quick(), store);

            eventually().until(() -> bench.desk.done().size() >= 8);
            assertThat(bench.desk.done()).containsExactlyInAnyOrder("a1", "b1", "c1", "d1", "a2", "b2", "c2", "d2");
            assertThat(bench.counters.failedCheckpoints()).isZero();
        }
    }
}
