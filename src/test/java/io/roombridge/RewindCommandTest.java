package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.models.Checkpoint;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.StoreLife;
import io.roombridge.eventhubs.HubPartition;
import io.roombridge.eventhubs.SqlCheckpointStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to an earlier place of the hub, as somebody at a terminal does it while the bridge is stopped. */
class RewindCommandTest {

    private static final Instant FIRST_START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Path config;

    @BeforeEach
    void twoPartitionsWereRead() throws IOException {
        config = SmallestSettings.in(directory);
        try (Database database = open();
                SqlCheckpointStore checkpoints = new SqlCheckpointStore(database.dataSource())) {
            new StoreLife(Jdbi.create(database.dataSource())).completeSince(FIRST_START);
            for (String id : new String[] {"0", "1"}) {
                HubPartition partition = partition(id);
                checkpoints
                        .updateCheckpoint(new Checkpoint()
                                .setFullyQualifiedNamespace(partition.namespace())
                                .setEventHubName(partition.hub())
                                .setConsumerGroup(partition.consumerGroup())
                                .setPartitionId(id)
                                .setSequenceNumber(41L))
                        .block();
            }
        }
    }

    @Test
    void everythingTheHubKeepsIsReadAgain() {
        assertThat(rewind(0))
                .contains(
                        "partition 0: finished up to 41, reads on from the earliest event that the hub keeps",
                        "partition 1: finished up to 41, reads on from the earliest event that the hub keeps");
        assertThat(place("0")).isEmpty();
        assertThat(place("1")).isEmpty();
    }

    @Test
    void orOnePartitionFromAGivenPlace() {
        assertThat(rewind(0, "--partition", "1", "--after", "7"))
                .contains("partition 1: finished up to 41, reads on after 7")
                .doesNotContain("partition 0");
        assertThat(place("0")).hasValue(41);
        assertThat(place("1")).hasValue(7);
    }

    @Test
    void whatBeganBeforeIsSearchedForBeforeItIsCreated() {
        rewind(0);
        try (Database database = open()) {
            assertThat(new StoreLife(Jdbi.create(database.dataSource())).completeSince())
                    .hasValueSatisfying(since -> assertThat(since).isAfter(FIRST_START));
        }
    }

    @Test
    void goingForwardIsRefusedBecauseEventsWouldBeLost() {
        assertThat(rewind(2, "--partition", "1", "--after", "42")).contains("is at 41", "would lose");
        assertThat(rewind(2, "--after", "3")).contains("name it with --partition");
        assertThat(rewind(2, "--partition", "9")).contains("no checkpoint of partition 9", "[0, 1]");
        assertThat(place("1")).hasValue(41);
    }

    @Test
    void aDryRunOnlyLooks() {
        assertThat(rewind(0, "--dry-run")).contains("partition 0: finished up to 41");
        assertThat(place("0")).hasValue(41);
    }

    private Database open() {
        return Database.open(Database.fileIn(directory), "sa", "");
    }

    private static HubPartition partition(String id) {
        return new HubPartition("x", "portal-events", "roombridge", id);
    }

    private OptionalLong place(String id) {
        try (Database database = open();
                SqlCheckpointStore checkpoints = new SqlCheckpointStore(database.dataSource())) {
            return checkpoints.checkpoint(partition(id));
        }
    }

    private String rewind(int expected, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        String[] all = Stream.concat(Stream.of("rewind", "--config", config.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        int code = Main.commandLine().setOut(out).setErr(out).execute(all);
        assertThat(code).as(text.toString()).isEqualTo(expected);
        return text.toString();
    }
}
