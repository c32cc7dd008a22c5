package io.roombridge.eventhubs;

import static io.roombridge.eventhubs.ReadingBench.eventually;
import static io.roombridge.eventhubs.ReadingBench.quick;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one of two readers knows of the partitions that the other one reads, over the real protocol. */
class WholeHubTest {

    private static final int PARTITIONS = 3;

    private final ReadingBench bench = new ReadingBench(PARTITIONS);
    private final MemoryCheckpointStore store = new MemoryCheckpointStore();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void checkpointsOfAllPartitionsAreKnownWhoeverReadsThem() throws Exception {
        bench.read(quick(), store);
        try (ReadingBench.Second second = bench.second(quick(), store)) {
            eventually()
                    .until(() -> bench.status().size() + second.status().size() == PARTITIONS
                            && !bench.status().isEmpty()
                            && !second.status().isEmpty());
            assertThat(second.component().checkpoints())
                    .as("before anything was read")
                    .containsOnlyKeys("0", "1", "2")
                    .containsValue(OptionalLong.empty());

            IntStream.range(0, 30).forEach(i -> bench.sendAlone("event-" + i));

            eventually().until(() -> second.component().checkpoints().equals(ends()));
            eventually().until(second.component()::finishedWhatItHeld);
        }
    }

    @Test
    void anEventThatIsNotFinishedIsMissedByEveryNode() throws Exception {
        bench.read(quick(), store);
        try (ReadingBench.Second second = bench.second(quick(), store)) {
            eventually().until(() -> bench.status().size() + second.status().size() == PARTITIONS);
            bench.desk.hold("stuck");
            bench.sendAlone("stuck");
            eventually().until(() -> bench.desk.begun("stuck"));
            assertThat(second.component().finishedWhatItHeld())
                    .as("not asked before")
                    .isFalse();

            assertThat(second.component().finishedWhatItHeld()).isFalse();

            bench.desk.release("stuck");
            eventually().until(second.component()::finishedWhatItHeld);
        }
    }

    private Map<String, OptionalLong> ends() {
        return bench.hubs.partitions(ReadingBench.HUB).stream()
                .collect(Collectors.toMap(
                        id -> id, id -> OptionalLong.of(bench.hubs.lastSequenceNumber(ReadingBench.HUB, id))));
    }
}
