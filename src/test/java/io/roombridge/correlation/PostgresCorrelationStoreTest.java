package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    @Test
    void nodesThatStartTogetherMigrateOnceAndAgree() throws Exception {
        String name = create("started_together");
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Instant>> starts = Stream.of("one", "other", "third")
                    .map(node -> (Callable<Instant>) () -> started(name, node))
                    .toList();
            Set<Instant> completeSince = new HashSet<>();
            for (Future<Instant> started : nodes.invokeAll(starts)) {
                completeSince.add(started.get());
            }
            assertThat(completeSince).hasSize(1);
        } finally {
            nodes.shutdownNow();
        }
    }

    private static Instant started(String name, String node) {
        try (Database database = Database.open(server.getJdbcUrl("postgres", name), "postgres", "postgres")) {
            Jdbi jdbi = Jdbi.create(database.dataSource());
            WorkLeases leases = new WorkLeases(jdbi, node, List.of("poll", "sweep"), Duration.ofMinutes(1));
            leases.prepare();
            int held = leases.take().size();
            int ofAll = jdbi.withHandle(handle -> handle.createQuery(
                            "select count(distinct holder) from work_lease where until_at > current_timestamp")
                    .mapTo(Integer.class)
                    .one());
            assertThat(held).isIn(0, 2);
            assertThat(ofAll).isEqualTo(1);
            return new StoreLife(jdbi)
                    .completeSince(Instant.parse("2026-06-01T08:00:00Z").plusSeconds(node.length()));
        }
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
