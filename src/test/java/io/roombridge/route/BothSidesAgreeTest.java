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
 * twice, nothing internal leaked, order kept.
 *
 * <p>Replay one with {@code -Dtwoway.seed=N}; {@code -Dtwoway.seeds=30} runs the first thirty.
 */
class BothSidesAgreeTest {

    private static final int TICKETS = Integer.getInteger("twoway.tickets", 500);
    private static final int STEPS = 5 * TICKETS;

    @TempDir
    Path directory;

    static LongStream seeds() {
        Long one = Long.getLong("twoway.seed");
        return one == null ? LongStream.rangeClosed(1, Long.getLong("twoway.seeds", 1)) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensBothSidesShowTheSame(long seed) {
        play(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {2, 3})
    @Tag("length")
    void theyDoOnOtherDaysToo(long seed) {
        play(seed);
    }

    private void play(long seed) {
        try (TwoWayScenario scenario = new TwoWayScenario(directory, seed, TICKETS)) {
            scenario.play(STEPS);
            scenario.settle();
            scenario.check();
        }
    }
}
