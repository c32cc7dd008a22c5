package io.roombridge.eventhubs;

import static io.roombridge.eventhubs.ReadingBench.eventually;
import static io.roombridge.eventhubs.ReadingBench.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to deliveries when the connection breaks or another process takes the partition. */
@Tag("length")
class LostPartitionTest {

    private ReadingBench bench = new ReadingBench(1);
    private final MemoryCheckpointStore store = new MemoryCheckpointStore();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void droppedConnectionIsRecoveredFrom() throws Exception {
        bench.send("a1");
        bench.read(quick(), store);
        eventually().until(() -> bench.desk.done().contains("a1"));

        bench.hubs.faults().dropConnections();
        // The SDK gives a send up for good that meets the end of its own connection; a sender has to repeat it.
        eventually().ignoreExceptions().until(() -> {
            bench.send("a2");
            return true;
        });

        eventually().until(() -> bench.desk.done().contains("a2"));
    }

    @Test
    void attemptOfTheOldReaderEndsBeforeTheNewReaderBegins() throws Exception {
        bench.desk.hold("a1");
        bench.send("a1", "a2");
        bench.read(quick(), store);
        eventually().until(() -> bench.desk.begun("a1"));

        bench.hubs.faults().dropConnections();
        eventually()
                .until(() -> bench.counters.partitionsGained() == 2
                        && !bench.hubs.subscribers().isEmpty());

        // Then, for as long as a new reader that does not wait would need to begin
        await().during(Duration.ofSeconds(1))
                .until(() -> bench.desk.attempts("a1").size() == 1);
        bench.desk.release("a1");
        eventually().until(() -> bench.desk.done().contains("a2"));
        assertThat(bench.desk.done())
                .as("the new reader knows nothing of what the old one did")
                .containsExactly("a1", "a1", "a2");
    }

    @Test
    void lostPartitionIsNotCheckpointedAndItsRetriesEnd() throws Exception {
        bench.desk.fail("a1", Integer.MAX_VALUE, () -> new IllegalStateException("always"));
        bench.desk.hold("b1");
        bench.send("a1", "b1", "a2");
        bench.read(quick(), store);
        eventually().until(() -> bench.desk.attempts("a1").size() > 3 && bench.desk.begun("b1"));

        store.steal("another process");
        eventually().until(() -> bench.counters.partitionsLost() == 1);
        int reached = bench.desk.attempts("a1").size();
        bench.desk.release("b1");
        bench.send("c1");

        // The thief never renews, so the partition comes back, with everything since the checkpoint.
        eventually()
                .until(() -> bench.desk.visits().stream()
                                .map(Desk.Visit::firstAttemptAt)
                                .distinct()
                                .count()
                        >= 4);
        Instant firstReaders = bench.desk.visits().get(0).firstAttemptAt();
        List<Desk.Visit> byFirstReader = bench.desk.visits().stream()
                .filter(visit ->
                        visit.event().equals("a1") && visit.firstAttemptAt().equals(firstReaders))
                .toList();
        assertThat(byFirstReader).as("at most the one that ran").hasSizeLessThanOrEqualTo(reached + 1);
        assertThat(store.written()).isEmpty();
        assertThat(bench.desk.begun("a2")).isFalse();
        eventually()
                .until(() -> bench.counters.read()
                        == bench.counters.finished()
                                + bench.counters.dropped()
                                + bench.status().stream()
                                        .mapToInt(PartitionStatus::unfinished)
                                        .sum());
        assertThat(bench.counters.dropped())
                .as("of the first reader: a1 that rested or ran, and a2 behind it")
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void twoProcessesShareThePartitionsAndLoseNothing() throws Exception {
        bench.close();
        bench = new ReadingBench(4);
        Collection<String> sent = new HashSet<>();
        bench.read(quick(), store);
        sendAndRemember(sent, 0);
        eventually().until(() -> bench.counters.partitionsGained() == 4);

        try (ReadingBench.Second second = bench.second(quick(), store)) {
            eventually()
                    .until(() -> second.status().size() == 2 && bench.status().size() == 2);
            sendAndRemember(sent, 100);

            eventually().until(() -> new HashSet<>(bench.desk.done()).containsAll(sent));
        }
        sendAndRemember(sent, 200);
        eventually().until(() -> new HashSet<>(bench.desk.done()).containsAll(sent));
        eventually()
                .until(() -> IntStream.range(0, 4)
                        .allMatch(partition -> store.checkpoint("" + partition)
                                == bench.hubs.lastSequenceNumber(ReadingBench.HUB, "" + partition)));
    }

    private void sendAndRemember(Collection<String> sent, int from) {
        List<String> events = IntStream.range(from, from + 100)
                .mapToObj(i -> (char) ('a' + i % 20) + "-" + i)
                .collect(Collectors.toList());
        sent.addAll(events);
        bench.send(events.toArray(String[]::new));
    }
}
