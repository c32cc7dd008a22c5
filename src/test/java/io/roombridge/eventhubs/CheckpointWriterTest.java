package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointWriterTest {

    private static final int EVERY = 3;

    private final MemoryCheckpointStore store = new MemoryCheckpointStore();
    private final ReadingCounters counters = new ReadingCounters();
    private final CheckpointWriter writer =
            new CheckpointWriter(CheckpointStoreContract.PARTITION, claim(), EVERY, counters);

    @Test
    void checkpointIsWrittenWhenEnoughMoreIsCovered() {
        cover(1);
        cover(2);
        assertThat(store.written()).isEmpty();

        cover(3);
        assertThat(store.written()).containsExactly(103L);
        cover(5);
        assertThat(store.written()).containsExactly(103L);
    }

    @Test
    void flushWritesWhatIsCoveredOnce() {
        cover(1);

        writer.flush();
        writer.flush();

        assertThat(store.written()).containsExactly(101L);
    }

    @Test
    void positionThatArrivesLateChangesNothing() {
        cover(2);
        cover(1);

        writer.flush();

        assertThat(store.written()).containsExactly(102L);
    }

    @Test
    void failedWriteIsReportedAndTriedAgainWithTheNextFlushOnly() {
        store.failing(true);
        cover(3);
        cover(6);
        cover(9);
        assertThat(counters.failedCheckpoints()).isEqualTo(1);

        store.failing(false);
        writer.flush();

        assertThat(store.written()).containsExactly(109L);
        assertThat(counters.checkpoints()).isEqualTo(1);
    }

    @Test
    void nothingIsWrittenAfterThePartitionIsLost() {
        cover(1);

        assertThat(writer.close()).isTrue();
        cover(9);
        writer.flush();

        assertThat(store.written()).isEmpty();
        assertThat(writer.close()).isFalse();
    }

    private Claim claim() {
        return new Leases(store, Duration.ofSeconds(10), System::nanoTime, taken -> {})
                .of(CheckpointStoreContract.PARTITION);
    }

    private void cover(long ordinal) {
        writer.cover(new Position(ordinal, 100 + ordinal, "o" + ordinal));
    }
}
