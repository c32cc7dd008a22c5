package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the default store holds what is known, and not every state in which that ever was. */
class CompactionTest {

    private static final int COMMITS = 1000;

    @TempDir
    Path compacted;

    @TempDir
    Path leftAlone;

    @Test
    void aStoreThatIsWrittenAgainAndAgainStaysSmall() throws Exception {
        long with = sizeAfterCommits(compacted, 50);
        long without = sizeAfterCommits(leftAlone, COMMITS);

        assertThat(with).as("bytes of the file; left alone it has " + without).isLessThan(without / 2);
    }

    private static long sizeAfterCommits(Path directory, int compactEvery) throws SQLException, IOException {
        // H2 keeps what a crash could still need for 45 s; a test has no time for that. Only the file as it is opened
        // by
        // default is compacted by itself.
        String url = Database.fileIn(directory).replace("retry:", "") + ";RETENTION_TIME=0";
        try (Database database = Database.open(url, "sa", "")) {
            Jdbi jdbi = Jdbi.create(database.dataSource());
            Random random = new Random(1);
            for (int i = 1; i <= COMMITS; i++) {
                commit(jdbi, random);
                if (i % compactEvery == 0) {
                    Compaction.once(database.dataSource());
                }
            }
            return Files.size(directory.resolve("store.mv.db"));
        }
    }

    /** The ids of tickets are hashes, so each commit changes another place, and old pieces stay alive by a page or two. */
    private static void commit(Jdbi jdbi, Random random) {
        String ticket = "rb-" + Long.toHexString(random.nextLong());
        jdbi.useHandle(handle -> handle.createUpdate("insert into history (tenant, instance, ticket_id, at,"
                        + " change_id, what, text) values ('contoso', 'main', ?, current_timestamp, ?, 'test', ?)")
                .bind(0, ticket)
                .bind(1, ticket)
                .bind(2, words(random))
                .execute());
    }

    /** As little alike as possible, because pages are compressed. */
    private static String words(Random random) {
        return random.ints(250, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
