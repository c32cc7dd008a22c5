package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.CheckpointStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresCheckpointStoreTest extends CheckpointStoreContract {

    private static EmbeddedPostgres postgres;

    private SqlCheckpointStore store;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void open() {
        DataSource database = postgres.getPostgresDatabase();
        Jdbi.create(database).useHandle(handle -> handle.execute("truncate hub_checkpoint, hub_ownership"));
        store = new SqlCheckpointStore(database);
    }

    @AfterEach
    void close() {
        store.close();
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
