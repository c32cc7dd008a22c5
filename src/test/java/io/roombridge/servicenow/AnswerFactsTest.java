package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerFactsTest {

    @Test
    void aWaitIsReadAsSecondsOrAsADateAgainstTheServersOwn() {
        assertThat(retryAfter("17")).isEqualTo(Duration.ofSeconds(17));
        assertThat(retryAfter("Mon, 1 Jun 2026 08:00:30 GMT")).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aWaitIsNeitherNegativeNorLongerThanAnHour() {
        assertThat(retryAfter("Mon, 1 Jun 2026 07:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("999999")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatCannotBeReadIsNotThere() {
        AnswerFacts facts = AnswerFacts.of(
                429,
                Map.of(
                        "Retry-After", List.of("soon"),
                        "X-RateLimit-Limit", List.of("many"),
                        "X-RateLimit-Reset", List.of("-1"),
                        "Date", List.of("yesterday")));

        assertThat(facts.retryAfter()).isEmpty();
        assertThat(facts.hourlyLimit()).isEmpty();
        assertThat(facts.windowEnd()).isEmpty();
        assertThat(facts.serverTime()).isEmpty();
    }

    @Test
    void headerNamesHaveNoCase() {
        AnswerFacts facts = AnswerFacts.of(
                200,
                Map.of(
                        "x-ratelimit-limit", List.of("250"),
                        "DATE", List.of("Mon, 1 Jun 2026 08:00:00 GMT"),
                        "content-TYPE", List.of("application/JSON;charset=UTF-8")));

        assertThat(facts.hourlyLimit()).hasValue(250);
        assertThat(facts.serverTime()).contains(Instant.parse("2026-06-01T08:00:00Z"));
        assertThat(facts.json()).isTrue();
    }

    private static Duration retryAfter(String value) {
        return AnswerFacts.of(
                        429, Map.of("Retry-After", List.of(value), "Date", List.of("Mon, 1 Jun 2026 08:00:00 GMT")))
                .retryAfter()
                .orElseThrow();
    }
}
