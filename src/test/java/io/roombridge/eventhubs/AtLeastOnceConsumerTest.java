package io.roombridge.eventhubs;

import static io.roombridge.eventhubs.ReadingBench.eventually;
import static io.roombridge.eventhubs.ReadingBench.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The genuine SDK against the embedded hub: order, parallel work, retries, checkpoints and the stop. */
class AtLeastOnceConsumerTest {

    private final ReadingBench bench = new ReadingBench(1);
    private final Desk desk = bench.desk;
    private final MemoryCheckpointStore store = new MemoryCheckpointStore();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void eventsOfOneKeyAreDoneInTheOrderOfDelivery() throws Exception {
        String[] events = IntStream.range(0, 60)
                .mapToObj(i -> "abc".charAt(i % 3) + "%02d".formatted(i))
                .toArray(String[]::new);
        bench.send(events);

        bench.read(quick(), store);

        eventually().until(() -> desk.done().size() == 60);
        for (String key : List.of("a", "b", "c")) {
            assertThat(desk.done()).filteredOn(event -> event.startsWith(key)).isSorted();
        }
        eventually().until(() -> store.checkpoint("0") == 59);
        assertThat(store.written()).isSorted();
    }

    @Test
    void eventsOfOtherKeysPassOneThatTakesLong() throws Exception {
        desk.hold("a1");
        bench.send("a1", "b1", "a2", "c1", "b2");

        bench.read(quick(), store);

        eventually().until(() -> desk.done().size() == 3);
        assertThat(desk.done()).containsExactlyInAnyOrder("b1", "c1", "b2");
        assertThat(desk.begun("a2")).isFalse();
        desk.release("a1");
        eventually().until(() -> desk.done().size() == 5);
    }

    @Test
    void checkpointDoesNotPassAnEventThatIsNotDone() throws Exception {
        desk.hold("a1");
        bench.send("z1", "a1", "b1", "c1", "d1");

        bench.read(quick(), store);

        eventually().until(() -> desk.done().size() == 4 && store.checkpoint("0") == 0);
        assertThat(bench.status()).singleElement().satisfies(status -> {
            assertThat(status.unfinished()).isEqualTo(1);
            assertThat(status.delivered()).hasValue(4);
            assertThat(status.quiet()).isFalse();
        });
        desk.release("a1");
        eventually().until(() -> store.checkpoint("0") == 4);
        assertThat(store.written()).as("nothing between the first and the last").doesNotContain(1L, 2L, 3L);
        eventually().until(() -> bench.status().get(0).quiet());
    }

    @Test
    void failedEventIsPresentedAgainInItsPlace() throws Exception {
        desk.fail("a1", 2, () -> new IllegalStateException("poisoned"));
        bench.send("a1", "a2");

        bench.read(quick(), store);

        eventually().until(() -> desk.done().size() == 2);
        assertThat(desk.done()).containsExactly("a1", "a2");
        assertThat(desk.attempts("a1")).containsExactly(1, 2, 3);
        assertThat(desk.visits().stream()
                        .filter(visit -> visit.event().equals("a1"))
                        .map(Desk.Visit::firstAttemptAt))
                .containsOnly(desk.visits().get(0).firstAttemptAt());
        assertThat(bench.counters.failedAttempts()).isEqualTo(2);
        eventually().until(() -> store.checkpoint("0") == 1);
    }

    @Test
    void eventWithAKeptDeadLetterIsDone() throws Exception {
        desk.fail("a1", 1, ReadingBench.DeadLetterKept::new);
        bench.send("a1", "a2");

        bench.read(quick(), store);

        eventually().until(() -> store.checkpoint("0") == 1);
        assertThat(desk.attempts("a1")).containsExactly(1);
        assertThat(bench.counters.failedAttempts()).isZero();
    }

    @Test
    void quietPartitionIsCheckpointedWithoutMoreEvents() throws Exception {
        bench.send("a1", "b1");

        bench.read(quick().with(100, 1_000, Duration.ofMillis(100)), store);

        eventually().until(() -> store.checkpoint("0") == 1);
    }

    @Test
    void checkpointThatCannotBeWrittenIsReportedAndTriedAgain() throws Exception {
        store.failing(true);
        bench.send("a1", "b1");

        bench.read(quick(), store);

        eventually().until(() -> desk.done().size() == 2 && bench.counters.failedCheckpoints() >= 2);
        store.failing(false);
        eventually().until(() -> store.checkpoint("0") == 1);
    }

    @Test
    void fullWindowHoldsUpReading() throws Exception {
        String[] events = "abcdefghijkl".chars().mapToObj(c -> (char) c + "1").toArray(String[]::new);
        desk.hold(events);
        bench.send(events);

        bench.read(ReadingBench.withWindow(4, 2), store);

        eventually().until(() -> bench.counters.read() == 4 && desk.visits().size() == 2);
        desk.release("a1");
        eventually().until(() -> bench.counters.read() == 5);
        assertThat(bench.status().get(0).unfinished()).isEqualTo(4);
        assertThat(desk.visits()).hasSizeLessThanOrEqualTo(3);
        desk.release(events);
        eventually().until(() -> desk.done().size() == events.length);
    }

    @Test
    void stopEndsARestAtOnceAndTheEventComesAgain() throws Exception {
        desk.fail(
                "b1",
                1,
                () -> new RetryLater(Reason.values()[0], RetryLater.Scope.INSTANCE, Duration.ofHours(1), "resting"));
        bench.send("a1", "b1", "c1");
        bench.read(quick(), store);
        eventually().until(() -> bench.counters.failedAttempts() == 1 && store.checkpoint("0") == 0);

        bench.stopReading();

        assertThat(store.checkpoint("0")).isZero();
        bench.read(quick(), store);
        eventually().until(() -> store.checkpoint("0") == 2);
        assertThat(desk.attempts("b1")).as("presented afresh").containsExactly(1, 1);
    }

    @Test
    void stopWaitsForWhatRunsAndStartsNothingMore() throws Exception {
        desk.hold("a1");
        bench.send("a1", "a2", "b1");
        bench.read(quick(), store);
        eventually().until(() -> desk.begun("a1") && desk.done().contains("b1"));

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(bench::stopReading);
        eventually().until(() -> !bench.context().isStarted());
        // For as long as a stop that does not wait would need to let go of the partition.
        await().during(Duration.ofSeconds(2)).until(() -> bench.counters.partitionsLost() == 0);
        desk.release("a1");
        stopped.join();

        assertThat(store.checkpoint("0")).as("a1 was waited for").isZero();
        assertThat(desk.begun("a2")).isFalse();
        bench.read(quick(), store);
        eventually().until(() -> store.checkpoint("0") == 2);
    }

    @Test
    void stopWritesTheCheckpointOfWhatIsDone() throws Exception {
        bench.send("a1", "b1");
        bench.read(quick().with(100, 1_000, Duration.ofHours(1)), store);
        eventually().until(() -> bench.counters.finished() == 2);
        assertThat(store.written()).isEmpty();

        bench.stopReading();

        assertThat(store.checkpoint("0")).isEqualTo(1);
    }

    @Test
    void attemptCutShortByTheStopIsNeitherCheckpointedNorAFailure() throws Exception {
        desk.hold("b1");
        desk.fail("b1", 1, () -> new IllegalStateException("cut short"));
        bench.send("a1", "b1");
        bench.read(quick(), store);
        eventually().until(() -> desk.begun("b1") && store.checkpoint("0") == 0);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(bench::stopReading);
        eventually().until(() -> !bench.context().isStarted());
        desk.release("b1");
        stopped.join();

        assertThat(store.checkpoint("0")).isZero();
        assertThat(bench.counters.failedAttempts()).isZero();
    }

    @Test
    void statusKnowsTheCheckpointOfAnEarlierLife() throws Exception {
        bench.send("a1", "b1");
        bench.read(quick(), store);
        eventually().until(() -> store.checkpoint("0") == 1);
        bench.stopReading();
        assertThat(bench.status()).isEmpty();

        bench.read(quick(), store);

        eventually().until(() -> !bench.status().isEmpty());
        assertThat(bench.status().get(0).checkpointed()).isEqualTo(OptionalLong.of(1));
        assertThat(bench.status().get(0).quiet()).isTrue();
    }
}
