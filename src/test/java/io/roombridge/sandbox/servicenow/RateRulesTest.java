package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checklist 21: the limits of requests per hour. */
class RateRulesTest extends ServiceNowTest {

    @Test
    void withoutARuleThereAreNoRateHeaders() {
        assertThat(client.get(INCIDENTS).http().headers().map().keySet()).noneMatch(name -> name.startsWith("x-rate"));
    }

    @Test
    void theRequestOverTheLimitIsDeniedUntilTheHourEnds() {
        clock.advance(Duration.ofMinutes(50));
        snow.rateRules().limitUser("roombridge", 2);

        assertThat(client.post(INCIDENTS, Map.of()).header("X-RateLimit-Limit")).isEqualTo("2");
        client.post(INCIDENTS, Map.of());
        Client.Answer denied = client.post(INCIDENTS, Map.of());

        assertThat(denied.status()).isEqualTo(429);
        assertThat(denied.json().path("error").path("message").asText()).isEqualTo("Rate limit exceeded");
        assertThat(denied.detail()).isEqualTo("Rate limit of 2 requests per hour for Table API exceeded");
        assertThat(denied.header("Retry-After")).isEqualTo("600");
        assertThat(denied.header("X-RateLimit-Reset"))
                .isEqualTo(String.valueOf(clock.instant().getEpochSecond() + 600));
        assertThat(denied.header("X-RateLimit-Rule")).hasSize(32);
        assertThat(snow.desk().incidents()).hasSize(2);

        clock.advance(Duration.ofMinutes(10));
        assertThat(client.post(INCIDENTS, Map.of()).status()).isEqualTo(201);
    }

    @Test
    void theRuleOfTheUserWinsOverItsRolesAndOverAll() {
        snow.rateRules().limitAll(1);
        snow.rateRules().limitRole("itil", 5);
        snow.rateRules().limitRole("snc_platform_rest_api_access", 3);
        assertThat(client.get(INCIDENTS).header("X-RateLimit-Limit")).isEqualTo("3");
        assertThat(admin.get(INCIDENTS).header("X-RateLimit-Limit")).isEqualTo("1");

        snow.rateRules().limitUser("roombridge", 9);
        assertThat(client.get(INCIDENTS).header("X-RateLimit-Limit")).isEqualTo("9");
    }
}
