package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.FirstResponses;
import io.roombridge.ops.MetricsPage;
import io.roombridge.ops.Scrape;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a customer waits for the first word of the SOC, against the promise of four hours. */
class FirstResponseTest {

    @TempDir
    Path directory;

    private SilentTicket silent;
    private Bench bench;
    private FirstResponse firstResponse;
    private Instant opened;

    @BeforeEach
    void start() {
        silent = new SilentTicket(directory);
        bench = silent.bench;
        // The instance's clock is the machine's: here it has to agree with the world's.
        bench.machine.advance(Duration.between(bench.machine.instant(), bench.clock.instant()));
        firstResponse = new FirstResponse(new FirstResponses(bench.jdbi()), bench.meters(), bench.clock);
        silent.opened();
        opened = bench.clock.instant();
    }

    @AfterEach
    void stop() {
        silent.close();
    }

    @Test
    void theFirstCommentIsMeasuredOnceAndLaterOnesAreNot() {
        commentAt(Duration.ofHours(1));
        assertThat(firstResponse.measure()).isEqualTo(1);
        commentAt(Duration.ofHours(5));

        assertThat(firstResponse.measure()).isZero();
        assertThat(bench.meters()
                        .get(FirstResponse.TIMER)
                        .tag("tenant", "contoso")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(late()).isZero();
    }

    @Test
    void aResponseAfterFourHoursIsLate() {
        commentAt(Duration.ofHours(4).plusSeconds(30));

        firstResponse.measure();

        assertThat(late()).isEqualTo(1);
        assertExposedAsThePageSays("roombridge_first_response_seconds", "roombridge_first_response_late_total");
    }

    private void assertExposedAsThePageSays(String... names) {
        Map<String, String> exposed = MetricsPage.exposed(Scrape.of(bench.scrape()));
        assertThat(exposed).containsKeys(names);
        assertThat(MetricsPage.documented()).containsAllEntriesOf(exposed);
    }

    @Test
    void aTicketThatNobodyRespondedToIsOverdueUntilSomebodyDoes() {
        bench.reach(opened.plus(Duration.ofHours(3)));
        firstResponse.measure();
        assertThat(bench.meters().find(FirstResponse.OVERDUE).gauge()).isNull();

        bench.reach(opened.plus(Duration.ofHours(5)));
        firstResponse.measure();
        assertThat(overdue()).isEqualTo(1);
        assertExposedAsThePageSays("roombridge_first_response_overdue");

        commentAt(Duration.ofHours(6));
        firstResponse.measure();
        assertThat(overdue()).isZero();
    }

    @Test
    void theCustomersOwnWordsAreNoResponse() {
        bench.reach(opened.plus(Duration.ofHours(1)));
        bench.deliver(silent.event().message("m-1", "Is anybody there?"));

        assertThat(firstResponse.measure()).isZero();
    }

    private void commentAt(Duration afterwards) {
        bench.reach(opened.plus(afterwards));
        bench.serviceNow.desk().as("beth.anglin").comment(silent.sysId(), "We look at it, " + afterwards);
        // The poll stays some seconds behind the instance's clock.
        bench.reach(opened.plus(afterwards).plusSeconds(10));
        bench.poll();
        bench.poll();
    }

    private double late() {
        return bench.meters()
                .get(FirstResponse.LATE)
                .tag("tenant", "contoso")
                .counter()
                .count();
    }

    private double overdue() {
        return bench.meters()
                .get(FirstResponse.OVERDUE)
                .tag("tenant", "contoso")
                .gauge()
                .value();
    }
}
