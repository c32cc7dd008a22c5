package io.roombridge.route;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People on both sides who answer everything, for two hours: every entry was written by a person, and only once. */
class PingPongTest {

    @TempDir
    Path directory;

    @Test
    void twoHoursOfAnswersAreExactlyAsManyEntriesAsPeopleWrote() {
        try (TwoWayScenario scenario = new TwoWayScenario(directory, 1, 2)) {
            scenario.converse(Duration.ofHours(2));
            scenario.settle();
            scenario.check();
            scenario.countEntries();
        }
    }
}
