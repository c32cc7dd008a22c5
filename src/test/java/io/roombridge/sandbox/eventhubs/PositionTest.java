package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten events of 8 bytes, one a second; the retention keeps those from 4 on: offsets 32, 40, ..., 72. */
class PositionTest {

    private final Partition partition = new Partition("hub", "0", List.of(Setup.DEFAULT_GROUP), 6);

    @BeforeEach
    void fill() {
        for (int i = 0; i < 10; i++) {
            partition.append(new EncodedEvent(new byte[0], Map.of(), new byte[8]), i * 1000L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x-opt-offset > '-1', 4",
        "x-opt-offset > '48', 7",
        "x-opt-offset >= '48', 6",
        "x-opt-offset > '49', 7",
        "x-opt-offset > '72', 10",
        "x-opt-offset > '@latest', 10",
        "x-opt-sequence-number > '-1', 4",
        "x-opt-sequence-number > '1', 4",
        "x-opt-sequence-number > '6', 7",
        "x-opt-sequence-number >= '6', 6",
        "x-opt-sequence-number > '9', 10",
        "x-opt-sequence-number >= '10', 10",
        "x-opt-enqueued-time > '6000', 7",
        "x-opt-enqueued-time >= '6000', 6",
        "x-opt-enqueued-time > '5999', 6",
        "x-opt-enqueued-time > '99000', 10"
    })
    void aFilterNamesTheFirstEvent(String filter, long expected) throws Refusal {
        assertThat(position("amqp.annotation." + filter).in(partition)).isEqualTo(expected);
    }

    @Test
    void noFilterIsTheEnd() throws Refusal {
        assertThat(Position.of(Map.of()).in(partition)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-opt-sequence-number > '10'",
                "x-opt-sequence-number >= '11'",
                "x-opt-offset > '73'",
                "x-opt-offset > '500'"
            })
    void aPositionBeyondTheEndIsRefused(String filter) {
        assertThatThrownBy(() -> position("amqp.annotation." + filter).in(partition))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("beyond the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "amqp.annotation.x-opt-offset < '3'", "amqp.annotation.x-opt-offset > 'x'"})
    void aFilterThatIsNotUnderstoodIsRefused(String filter) {
        assertThatThrownBy(() -> position(filter)).isInstanceOf(Refusal.class).hasMessageContaining("not understood");
    }

    private static Position position(String filter) throws Refusal {
        return Position.of(Map.of(Symbol.valueOf("apache.org:selector-filter:string"), filter));
    }
}
