package io.roombridge.correlation;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same rules on a real PostgreSQL, the store of a cluster. */
class PostgresCorrelationStoreTest extends CorrelationStoreTest {

    private static EmbeddedPostgres server;
    private static final Map<Path, String> DATABASES = new HashMap<>();

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    /** A database for each test, and the same one again after a restart within it. */
    @Override
    Database database(Path ofThisTest) {
        String name = DATABASES.computeIfAbsent(ofThisTest, test -> create("store_" + DATABASES.size()));
        return Database.open(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    private static String create(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("a database for the test cannot be made", e);
        }
    }
}
