package io.roombridge.servicenow;

import io.roombridge.correlation.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** The same on the database of a cluster. */
class PostgresSharedLimitsTest extends SharedLimitsTest {

    private EmbeddedPostgres server;

    @Override
    Database database(Path ofThisTest) {
        try {
            server = EmbeddedPostgres.start();
            return Database.open(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }
}
