package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.Changes;
import io.roombridge.ticket.Ticket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A SIGKILL loses no acknowledged commit. The count matters: with H2's default write delay this test lost commits in
 * every round. {@code -Dstore.kills=N} kills more often.
 */
@Tag("length")
class StoreSurvivesKillTest {

    private static final int ROUNDS = Integer.getInteger("store.kills", 3);
    private static final int COMMITS_EACH = 200;

    @TempDir
    Path directory;

    @Test
    void everyAcknowledgedCommitIsThereAfterAKill() throws Exception {
        killed();
    }

    @Test
    void andAfterAKillInTheMiddleOfACompaction() throws Exception {
        killed("compacting");
    }

    private void killed(String... how) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long before = acknowledged();
            Process child = start(how);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> acknowledged() >= before + COMMITS_EACH || !child.isAlive());
            assertThat(child.isAlive()).as("the child runs until it is killed").isTrue();

            child.toHandle().destroyForcibly();
            child.waitFor();

            assertThat(stored()).as("versions stored after round " + round).isGreaterThanOrEqualTo(acknowledged());
        }
        assertThat(acknowledged()).isGreaterThanOrEqualTo((long) ROUNDS * COMMITS_EACH);
    }

    private Process start(String... how) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@src/main/jvm/modules.args",
                "-cp",
                System.getProperty("java.class.path"),
                CommittingChild.class.getName(),
                directory.toString()));
        command.addAll(List.of(how));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }

    private long acknowledged() throws IOException {
        Path file = directory.resolve("acknowledged");
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        return bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    private long stored() {
        try (Database database = Database.open(Database.fileIn(directory), "sa", "")) {
            TicketAddress address = new TicketAddress("contoso", "main", Changes.DISPLAY.id());
            Ticket ticket = Jdbi.create(database.dataSource())
                    .withHandle(handle -> Tickets.find(handle, address))
                    .orElseThrow();
            List<HistoryEntry> history =
                    Jdbi.create(database.dataSource()).withHandle(handle -> Histories.of(handle, ticket));
            assertThat(history).as("one line for each commit").hasSize(Math.toIntExact(ticket.version()));
            return ticket.version();
        }
    }
}
