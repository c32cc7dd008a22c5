package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionTest {

    private static final int RETENTION = 100;

    private final Partition partition = new Partition("hub", "0", List.of(Setup.DEFAULT_GROUP), RETENTION);

    @Test
    void theNewestEventsAreKeptUnderTheirNumbers() {
        append(0, 1000);

        assertThat(partition.begin()).isEqualTo(900);
        assertThat(partition.end()).isEqualTo(1000);
        assertThat(partition.events())
                .extracting(PartitionEvent::sequenceNumber)
                .hasSize(RETENTION)
                .isSorted()
                .startsWith(900L)
                .endsWith(999L);
        assertThat(partition.events())
                .allSatisfy(event -> assertThat(new String(event.event().rest(), StandardCharsets.UTF_8))
                        .isEqualTo("e" + event.sequenceNumber()));
    }

    @Test
    void offsetsGrowFasterThanSequenceNumbers() {
        append(0, 20);

        assertThat(partition.events())
                .extracting(PartitionEvent::offset)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(partition.lastOffset()).isGreaterThan(partition.end());
    }

    @Test
    void enqueuedTimeNeverDecreases() {
        partition.append(event("a"), 5000);
        partition.append(event("b"), 1000);

        assertThat(partition.events()).extracting(PartitionEvent::enqueuedTime).containsExactly(5000L, 5000L);
    }

    @Test
    void aSearchFindsTheFirstEventThatPassesOrTheEnd() {
        append(0, 50);

        assertThat(partition.first(event -> event.sequenceNumber() >= 17)).isEqualTo(17);
        assertThat(partition.first(event -> true)).isZero();
        assertThat(partition.first(event -> false)).isEqualTo(50);
    }

    private void append(int from, int to) {
        for (int i = from; i < to; i++) {
            partition.append(event("e" + i), i);
        }
    }

    private static EncodedEvent event(String text) {
        return new EncodedEvent(new byte[0], Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
