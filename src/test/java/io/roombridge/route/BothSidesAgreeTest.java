package io.roombridge.route;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 500 tickets with people at work on both sides end with both sides equal, entry by entry: nothing missing, nothing
 * twice, nothing internal leaked, order kept. Each build plays fewer of them.
 *
 * <p>Replay one with {@code -Dtwoway.seed=N}; {@code -Dtwoway.seeds=30} runs the first thirty.
 */
class BothSidesAgreeTest {

    private static final int TICKETS = 500;
    private static final int IN_EVERY_BUILD = Integer.getInteger("twoway.tickets", 200);

    @TempDir
    Path directory;

    static LongStream seeds() {
        Long one = Long.getLong("twoway.seed");
        return one == null ? LongStream.rangeClosed(1, Long.getLong("twoway.seeds", 1)) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensBothSidesShowTheSame(long seed) {
        play(seed, IN_EVERY_BUILD);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    @Tag("length")
    void theyDoWithAllTicketsAndOnOtherDaysToo(long seed) {
        play(seed, TICKETS);
    }

    private void play(long seed, int tickets) {
        try (TwoWayScenario scenario = new TwoWayScenario(directory, seed, tickets)) {
            scenario.play(5 * tickets);
            scenario.settle();
            scenario.check();
        }
    }
}
