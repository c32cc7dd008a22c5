package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The store is destroyed while people on both sides are at work, and comes back from ServiceNow: nothing is missing, and
 * nothing is there twice.
 *
 * <p>Replay one with {@code -Drebuild.seed=N}; {@code -Drebuild.seeds=30} runs the first thirty.
 */
class RebuildTest {

    private static final int TICKETS = Integer.getInteger("rebuild.tickets", 12);
    private static final int STEPS = 12 * TICKETS;

    @TempDir
    Path directory;

    static LongStream seeds() {
        Long one = Long.getLong("rebuild.seed");
        return one == null ? LongStream.rangeClosed(1, Long.getLong("rebuild.seeds", 2)) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostAndNothingComesTwiceWhenTheStoreIsRebuilt(long seed) {
        try (TwoWayScenario scenario = new TwoWayScenario(directory, seed, TICKETS)) {
            int when = STEPS / 4 + new Random(seed).nextInt(STEPS / 2);
            scenario.play(STEPS, Map.of(when, scenario::loseTheStore));
            scenario.settle();
            scenario.check();
            assertThat(scenario.rebuilt().tickets()).isEqualTo(TICKETS);
            assertThat(scenario.rebuilt().certain()).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostAndNothingComesTwiceWhenAnOldBackupIsRestored(long seed) {
        try (TwoWayScenario scenario = new TwoWayScenario(directory, seed, TICKETS)) {
            Random random = new Random(seed);
            int backup = STEPS / 4 + random.nextInt(STEPS / 4);
            int restore = backup + 1 + random.nextInt(STEPS / 4);
            scenario.play(STEPS, Map.of(backup, scenario::backup, restore, scenario::restoreTheBackup));
            scenario.settle();
            scenario.check();
            assertThat(scenario.rebuilt().tickets()).isEqualTo(TICKETS);
            assertThat(scenario.rebuilt().known())
                    .as("tickets that the backup knew")
                    .isEqualTo(TICKETS);
        }
    }
}
