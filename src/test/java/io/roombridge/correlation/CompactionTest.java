package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the default store holds what is known, and not every state in which that ever was. */
class CompactionTest {

    private static final int COMMITS = 2500;
    private static final long MOST_BYTES_EACH = 3000;

    @TempDir
    Path directory;

    @Test
    void aStoreThatIsWrittenAgainAndAgainStaysSmall() throws Exception {
        // H2 keeps what a crash could still need for 45 s; a test has no time for that.
        String url = Database.fileIn(directory) + ";RETENTION_TIME=0";
        try (Database database = Database.open(url, "sa", "")) {
            commit(database);

            assertThat(Files.size(directory.resolve("store.mv.db")) / COMMITS)
                    .as("bytes of the file for each commit")
                    .isLessThan(MOST_BYTES_EACH);
        }
    }

    /** The ids of tickets are hashes, so each commit changes another place, and old pieces stay alive by a page or two. */
    private static void commit(Database database) throws SQLException {
        Jdbi jdbi = Jdbi.create(database.dataSource());
        Random random = new Random(1);
        for (int i = 0; i < COMMITS; i++) {
            String ticket = "rb-" + Long.toHexString(random.nextLong());
            jdbi.useHandle(handle -> handle.createUpdate("insert into history (tenant, instance, ticket_id, at,"
                            + " change_id, what, text) values ('contoso', 'main', ?, current_timestamp, ?, 'test', ?)")
                    .bind(0, ticket)
                    .bind(1, ticket)
                    .bind(2, "what became of the change ".repeat(10))
                    .execute());
            if (i % 50 == 0) {
                Compaction.once(database.dataSource());
            }
        }
    }
}
