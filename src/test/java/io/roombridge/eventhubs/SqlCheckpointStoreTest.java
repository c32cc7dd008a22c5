package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCheckpointStoreTest extends CheckpointStoreContract {

    @TempDir
    Path directory;

    private JdbcConnectionPool database;
    private SqlCheckpointStore store;

    @BeforeEach
    void open() {
        database = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("store") + ";WRITE_DELAY=0", "sa", "");
        Flyway.configure().dataSource(database).load().migrate();
        store = new SqlCheckpointStore(database);
    }

    @AfterEach
    void close() {
        store.close();
        database.dispose();
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
    void interruptedReaderDoesNotCloseTheDatabaseForEverybody() {
        // Given the SDK interrupts its load balancer when it stops
        for (int i = 0; i < 50; i++) {
            Thread.currentThread().interrupt();

            // When
            try {
                store.claimOwnership(List.of(new PartitionOwnership()
                                .setFullyQualifiedNamespace("ns")
                                .setEventHubName("hub")
                                .setConsumerGroup("group")
                                .setPartitionId("" + i)
                                .setOwnerId("one")))
                        .subscribe(claimed -> {}, failure -> {});
            } finally {
                Thread.interrupted();
            }
        }

        // Then
        assertThat(store.checkpoint(PARTITION)).isEmpty();
        assertThat(store.listOwnership("ns", "hub", "group").count().block()).isEqualTo(50);
    }
}
