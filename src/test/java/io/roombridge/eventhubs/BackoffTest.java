package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @ParameterizedTest
    @CsvSource({
        // attempt, jitter, asked for, wait
        "1, 1.0, PT0S, PT0.1S",
        "1, 0.0, PT0S, PT0.05S",
        "2, 1.0, PT0S, PT0.2S",
        "7, 1.0, PT0S, PT6.4S",
        "8, 1.0, PT0S, PT10S",
        "2000000000, 1.0, PT0S, PT10S",
        "1, 1.0, PT65S, PT65S",
        "8, 1.0, PT1S, PT10S",
    })
    void waitDoublesUpToTheMaximumAndNeverEndsBeforeWhatWasAskedFor(
            int attempt, double jitter, Duration asked, Duration wait) {
        RetryLater failure =
                new RetryLater(Reason.values()[0], RetryLater.Scope.INSTANCE, asked, "the instance asked for it");

        assertThat(backoff.after(attempt, jitter, new IllegalStateException(failure)))
                .isEqualTo(wait);
    }

    @Test
    void maximumBelowTheMinimumIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("min PT2S and max PT1S");
    }
}
