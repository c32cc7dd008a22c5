package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingSettingsTest {

    @Test
    void expiryThatEndsBetweenTwoRenewalsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofSeconds(5), Duration.ofSeconds(9), 256, 4096))
                .withMessageContaining("twice the load-balancing interval of PT5S, was PT9S");
    }

    @Test
    void expiryThatTheSdkWouldCutToNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofMillis(100), Duration.ofMillis(900), 256, 4096))
                .withMessageContaining("at least one second");
    }

    @Test
    void spanSmallerThanTheWindowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofSeconds(2), Duration.ofSeconds(10), 256, 255))
                .withMessageContaining("the window of 256, was 255");
    }

    @Test
    void windowWithoutRoomIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofSeconds(2), Duration.ofSeconds(10), 0, 255))
                .withMessageContaining("the window must be at least 1, was 0");
    }

    private static ReadingSettings settings(Duration interval, Duration expiry, int window, int span) {
        ReadingSettings defaults = ReadingSettings.DEFAULTS;
        return new ReadingSettings(
                interval,
                expiry,
                defaults.prefetch(),
                window,
                span,
                defaults.keysAtOnce(),
                defaults.checkpointEvery(),
                defaults.checkpointWithin(),
                defaults.drain(),
                defaults.backoff(),
                defaults.jitterSeed());
    }
}
