package io.roombridge.route;

import static io.roombridge.route.SilentTicket.CLOCK_FIELD;
import static io.roombridge.route.SilentTicket.FRIDAY_AT_NINE;
import static io.roombridge.route.SilentTicket.THURSDAY_NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.sandbox.servicenow.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock in plain words stands in a field: one write when the date changes, never a stream of notes. */
class ClockFieldTest {

    private static final Instant TUESDAY = Instant.parse("2026-06-02T08:00:00Z");
    private static final String END_OF_THURSDAY = "end of Thursday 4 June 2026 (Europe/Berlin)";

    @TempDir
    Path directory;

    private SilentTicket silent;

    @BeforeEach
    void start() {
        silent = new SilentTicket(directory);
        silent.withClockField();
        silent.opened();
    }

    @AfterEach
    void stop() {
        silent.close();
    }

    @Test
    void theFieldShowsTheLastDayAndIsWrittenOnceForIt() {
        silent.bench.lookAt(TUESDAY);
        assertThat(silent.field(CLOCK_FIELD)).isEqualTo(END_OF_THURSDAY);

        silent.bench.restart();
        silent.warned();
        silent.bench.lookAt(THURSDAY_NOON);

        assertThat(silent.bench.serviceNow.requests().writes())
                .filteredOn(write -> write.body().contains(CLOCK_FIELD))
                .hasSize(1);
    }

    @Test
    void itsWriteIsNoNewsAndNoActivity() {
        silent.bench.lookAt(TUESDAY);
        List<OutgoingCommand> told = new ArrayList<>();

        silent.bench.poll(told::add);
        silent.warned().closed();

        assertThat(told).isEmpty();
    }

    @Test
    void theFieldIsEmptyWhenTheClockStopsAndShowsTheNextCount() {
        silent.bench.lookAt(TUESDAY);
        silent.bench.deliver(silent.event().message("m-1", "It still flickers"));
        silent.bench.lookAt(TUESDAY.plus(Duration.ofHours(1)));
        assertThat(silent.field(CLOCK_FIELD)).isEmpty();

        silent.bench.reach(TUESDAY.plus(Duration.ofHours(5)));
        silent.bench.serviceNow.desk().as("beth.anglin").comment(silent.sysId(), "Please try another cable");
        silent.bench.lookAt(TUESDAY.plus(Duration.ofHours(6)));
        assertThat(silent.field(CLOCK_FIELD)).isEqualTo("end of Friday 5 June 2026 (Europe/Berlin)");
    }

    @Test
    void aDateWhoseWriteWasNeverAnsweredIsTakenAwayWhenTheClockStops() {
        silent.bench.once(Fault.timeoutAfterCommit(), "PATCH");
        silent.bench.lookAt(TUESDAY);
        assertThat(silent.field(CLOCK_FIELD)).isEqualTo(END_OF_THURSDAY);
        silent.bench.deliver(silent.event().message("m-1", "It still flickers"));

        silent.bench.lookAt(TUESDAY.plus(Duration.ofHours(1)));
        silent.bench.lookAt(TUESDAY.plus(Duration.ofHours(2)));

        assertThat(silent.field(CLOCK_FIELD)).isEmpty();
    }

    @Test
    void aDateWhoseWriteWasNeverAnsweredCountsAsPublished() {
        silent.bench.once(Fault.timeoutAfterCommit(), "PATCH");

        silent.bench.lookAt(TUESDAY);

        assertThat(silent.bench.closings().clock(silent.ticket()).orElseThrow().published())
                .contains(LocalDate.of(2026, 6, 4));
    }

    @Test
    void onHoldTheFieldIsLeftAlone() {
        silent.bench.lookAt(TUESDAY);
        silent.bench.serviceNow.desk().as("beth.anglin").hold(silent.sysId(), "1");
        String version = silent.field("sys_mod_count");

        silent.bench.lookAt(TUESDAY.plus(Duration.ofDays(1)));

        assertThat(silent.decision()).startsWith("wait: the customer has time until the end of Friday 5 June 2026");
        assertThat(silent.field("sys_mod_count")).isEqualTo(version);
    }

    @Test
    void aHoldThatWasNotPolledYetLeavesTheFieldAlone() {
        silent.bench.reach(TUESDAY);
        silent.bench.beat(TUESDAY);
        silent.bench.serviceNow.desk().as("beth.anglin").hold(silent.sysId(), "1");

        silent.bench.closeInactive();

        assertThat(silent.field(CLOCK_FIELD)).isEmpty();
    }

    @Test
    void theClosingEmptiesTheFieldAndAResolvedTicketIsNotWrittenTo() {
        silent.bench.lookAt(TUESDAY);
        silent.warned().closed();
        assertThat(silent.field(CLOCK_FIELD)).isEmpty();
        String version = silent.field("sys_mod_count");

        silent.bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofDays(3)));

        assertThat(silent.field("sys_mod_count")).isEqualTo(version);
    }

    @Test
    void aFieldThatCannotBeWrittenKeepsNothingFromBeingClosed() {
        silent.bench.once(Fault.forbidden("Operation Failed", "no write access"), "PATCH");
        silent.bench.lookAt(TUESDAY);
        assertThat(silent.field(CLOCK_FIELD)).isEmpty();

        silent.warned();
        silent.bench.lookAt(THURSDAY_NOON);
        silent.closed();
    }
}
