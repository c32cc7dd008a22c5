package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What reports know of calls to ServiceNow. */
class CountedCallsTest {

    private Instant now = Instant.parse("2026-06-01T08:00:00Z");
    private final Map<String, Long> counted = new TreeMap<>();
    private final CountedCalls calls = new CountedCalls(
            (what, subject, detail, times) -> counted.merge(what + " " + detail, times, Long::sum), () -> now);

    @Test
    void aCallThatFailedIsACallAndAFault() {
        calls.called("main", "read", Optional.empty(), Duration.ZERO);
        calls.called("main", "read", Optional.of(Reason.UNAVAILABLE), Duration.ZERO);

        assertThat(counted).isEqualTo(Map.of("CALL read", 2L, "FAULT UNAVAILABLE", 1L));
    }

    @Test
    void callsThatFailIntoAPauseMakeItLongerAtMost() {
        calls.paused("main", Reason.RATE_LIMITED, Duration.ofSeconds(60));
        now = now.plusSeconds(20);
        calls.paused("main", Reason.RATE_LIMITED, Duration.ofSeconds(30));
        calls.paused("main", Reason.RATE_LIMITED, Duration.ofSeconds(50));

        assertThat(counted).isEqualTo(Map.of("PAUSE RATE_LIMITED", 1L, "PAUSED_SECONDS RATE_LIMITED", 70L));
    }

    @Test
    void aPauseAfterAnotherIsAPauseOfItsOwn() {
        calls.paused("main", Reason.UNAVAILABLE, Duration.ofSeconds(5));
        now = now.plusSeconds(6);
        calls.paused("main", Reason.UNAVAILABLE, Duration.ofSeconds(10));

        assertThat(counted).isEqualTo(Map.of("PAUSE UNAVAILABLE", 2L, "PAUSED_SECONDS UNAVAILABLE", 15L));
    }
}
