package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checklist 22 to 24: what goes wrong between a client and an instance, and what was done all the same. */
class FaultsTest extends ServiceNowTest {

    private static final RequestMatcher CREATES = RequestMatcher.method("POST").and(RequestMatcher.table("incident"));

    @Test
    void aTimeoutAfterTheCommitLeavesTheIncidentBehind() {
        snow.faults().on(CREATES).next(1, Fault.timeoutAfterCommit());

        assertThatThrownBy(() -> client.incident(Map.of("correlation_id", "rb-1")))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(snow.desk().correlatedTo("rb-1")).hasSize(1);
        assertThat(snow.requests().writes())
                .extracting(RecordedRequest::status, request -> request.fault().orElse(""))
                .containsExactly(tuple(0, "timeout after commit"));
    }

    @Test
    void aTimeoutAfterTheCommitLeavesTheNoteAndTheFileBehind() {
        String sysId = client.incident(Map.of());
        snow.faults().on(RequestMatcher.writes()).next(2, Fault.timeoutAfterCommit());

        assertThatThrownBy(() -> client.patch(INCIDENTS + "/" + sysId, Map.of("work_notes", "healthy again")))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> client.send(
                        "POST",
                        "/api/now/attachment/file?table_name=incident&table_sys_id=" + sysId + "&file_name=a.txt",
                        BodyPublishers.ofString("bytes"),
                        Map.of("Content-Type", "text/plain")))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(snow.desk().journal(sysId)).extracting(JournalEntry::value).containsExactly("healthy again");
        assertThat(snow.desk().attachments(sysId)).hasSize(1);
    }

    @Test
    void aTimeoutBeforeTheCommitLeavesNothingBehind() {
        snow.faults().on(CREATES).next(1, Fault.timeoutBeforeCommit());

        assertThatThrownBy(() -> client.incident(Map.of())).isInstanceOf(UncheckedIOException.class);

        assertThat(snow.desk().incidents()).isEmpty();
    }

    @Test
    void aResetConnectionLeavesNothingBehind() {
        snow.faults().on(CREATES).next(1, Fault.connectionReset());

        assertThatThrownBy(() -> client.incident(Map.of())).isInstanceOf(UncheckedIOException.class);

        assertThat(snow.desk().incidents()).isEmpty();
        assertThat(client.incident(Map.of())).hasSize(32);
    }

    @Test
    void aLateCommitHappensWhenTheServersClockHasAdvanced() {
        snow.faults().on(CREATES).next(1, Fault.lateCommit(Duration.ofSeconds(60)));
        assertThatThrownBy(() -> client.incident(Map.of("correlation_id", "rb-1")))
                .isInstanceOf(UncheckedIOException.class);

        clock.advance(Duration.ofSeconds(59));
        assertThat(client.find("incident", "correlation_id=rb-1").result()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.find("incident", "correlation_id=rb-1").result()).hasSize(1);
    }

    @Test
    void aLateCommitIsSignedWithTheTimeOfTheCommitHoweverLateSomebodyLooks() {
        snow.faults().on(CREATES).next(1, Fault.lateCommit(Duration.ofSeconds(60)));
        assertThatThrownBy(() -> client.incident(Map.of())).isInstanceOf(UncheckedIOException.class);

        clock.advance(Duration.ofDays(3));
        snow.tick();

        assertThat(snow.history().to("incident"))
                .extracting(Write::time)
                .containsExactly(Instant.parse("2026-06-01T08:01:00Z"));
        assertThat(snow.desk().incidents().get(0).field("sys_created_on")).isEqualTo("2026-06-01 08:01:00");
    }

    @Test
    void anAcceptedRequestWasNotExecuted() {
        snow.faults().on(CREATES).next(1, Fault.accepted());

        Client.Answer answer = client.post(INCIDENTS, Map.of());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text()).isEmpty();
        assertThat(snow.desk().incidents()).isEmpty();
    }

    @Test
    void tooManyRequestsComeInTwoFlavours() {
        snow.faults().on(CREATES).next(1, Fault.rateLimited(Duration.ofSeconds(30)));
        snow.faults().on(CREATES).next(1, Fault.queueFull());

        Client.Answer byRule = client.post(INCIDENTS, Map.of());
        Client.Answer bySemaphore = client.post(INCIDENTS, Map.of());

        assertThat(List.of(byRule.status(), bySemaphore.status())).containsOnly(429);
        assertThat(byRule.json().path("error").path("message").asText()).isEqualTo("Rate limit exceeded");
        assertThat(byRule.header("Retry-After")).isEqualTo("30");
        assertThat(byRule.header("X-RateLimit-Limit")).isEqualTo("100");
        assertThat(bySemaphore.json().isMissingNode()).isTrue();
        assertThat(bySemaphore.header("Retry-After")).isEmpty();
        assertThat(snow.desk().incidents()).isEmpty();
    }

    @Test
    void serverErrorsComeAsJsonOrAsHtml() {
        snow.faults().on(CREATES).next(1, Fault.maximumExecutionTime());
        snow.faults().on(CREATES).next(1, Fault.htmlPage(502));
        snow.faults().on(CREATES).next(1, Fault.htmlPage(503));
        snow.faults().on(CREATES).next(1, Fault.hibernating());

        Client.Answer cancelled = client.post(INCIDENTS, Map.of());
        assertThat(cancelled.status()).isEqualTo(500);
        assertThat(cancelled.text()).contains("maximum execution time exceeded");
        for (int status : new int[] {502, 503, 200}) {
            Client.Answer page = client.post(INCIDENTS, Map.of());
            assertThat(page.status()).isEqualTo(status);
            assertThat(page.header("Content-Type")).startsWith("text/html");
        }
    }

    @Test
    void anAnswerMayBreakOffAfterTheWriteWasDone() {
        snow.faults().on(CREATES).next(1, Fault.truncated());
        snow.faults().on(CREATES).next(1, Fault.resultThenError());

        Client.Answer truncated = client.post(INCIDENTS, Map.of());
        Client.Answer both = client.post(INCIDENTS, Map.of());

        assertThat(truncated.status()).isEqualTo(201);
        assertThat(truncated.json().isMissingNode()).isTrue();
        assertThat(both.status()).isEqualTo(200);
        assertThat(both.json().path("status").asText()).isEqualTo("failure");
        assertThat(both.field("sys_id")).hasSize(32);
        assertThat(snow.desk().incidents()).hasSize(2);
    }

    @Test
    void aSlowAnswerArrivesAfterItsDelay() {
        snow.faults().on(CREATES).next(1, Fault.slow(Duration.ofMillis(200)));

        long start = System.nanoTime();
        client.post(INCIDENTS, Map.of());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aFaultIsMetAsOftenAsItWasAskedForAndByNobodyElse() {
        try (Faults.Armed fault = snow.faults().on(CREATES).always(Fault.unauthorized())) {
            assertThat(client.find("incident", "").status()).isEqualTo(200);
            assertThat(client.post(INCIDENTS, Map.of()).status()).isEqualTo(401);
            assertThat(client.post(INCIDENTS, Map.of()).status()).isEqualTo(401);
            assertThat(fault.met()).isEqualTo(2);
        }
        assertThat(client.post(INCIDENTS, Map.of()).status()).isEqualTo(201);
    }
}
