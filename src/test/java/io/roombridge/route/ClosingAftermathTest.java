package io.roombridge.route;

import static io.roombridge.route.SilentTicket.FRIDAY_AT_NINE;
import static io.roombridge.route.SilentTicket.SIGNAL;
import static io.roombridge.route.SilentTicket.THURSDAY_NOON;
import static io.roombridge.route.SilentTicket.WEDNESDAY_AT_NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Brake;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.ops.MetricsPage;
import io.roombridge.ops.Scrape;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.IncidentState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds a closing: who may still claim it, what keeps it from happening, and what happens to it afterwards. */
class ClosingAftermathTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private SilentTicket silent;
    private Bench bench;

    @BeforeEach
    void start() {
        silent = new SilentTicket(directory);
        bench = silent.bench;
    }

    @AfterEach
    void stop() {
        silent.close();
    }

    @Test
    void aMessageOfTheCustomerAfterTheClosingOpensTheTicketAgain() {
        silent.opened().warned().closed();
        bench.reach(FRIDAY_AT_NINE.plus(AN_HOUR));
        bench.deliver(silent.event().message("m-after", "It is still broken"));

        bench.lookAt(FRIDAY_AT_NINE.plus(AN_HOUR.multipliedBy(2)));
        bench.lookAt(FRIDAY_AT_NINE.plus(AN_HOUR.multipliedBy(3)));

        assertThat(silent.state()).isEqualTo(IncidentState.NEW);
        assertThat(silent.journal())
                .filteredOn(entry -> entry.contains("the customer has answered in the portal"))
                .hasSize(1);
        assertThat(silent.steps()).containsExactly(Step.WARNED, Step.INTENDED, Step.CLOSED, Step.REOPENED);
        assertThat(silent.decision())
                .isEqualTo("wait: the soc has the ball: the customer was the last to say something");
    }

    @Test
    void anAnswerThatIsCutOffAtAnyPlaceOpensTheTicketOnce() {
        silent.opened().warned().closed();
        bench.reach(FRIDAY_AT_NINE.plus(AN_HOUR));
        bench.deliver(silent.event().message("m-after", "It is still broken"));
        boolean died = true;
        for (int place = 1; died; place++) {
            died = dies(place);
            bench.reborn();
            bench.pass(Duration.ofMinutes(2));
        }

        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofDays(1)));

        assertThat(silent.state()).isEqualTo(IncidentState.NEW);
        assertThat(silent.journal())
                .filteredOn(entry -> entry.contains("the customer has answered in the portal"))
                .hasSize(1);
    }

    @Test
    void aPersonWhoOpenedItMeanwhileIsNotOverruledByTheAnswer() {
        silent.opened().warned().closed();
        bench.reach(FRIDAY_AT_NINE.plus(AN_HOUR));
        bench.serviceNow.desk().as("beth.anglin").reopen(silent.sysId());
        bench.deliver(silent.event().message("m-after", "It is still broken"));

        bench.lookAt(FRIDAY_AT_NINE.plus(AN_HOUR.multipliedBy(2)));

        assertThat(silent.state()).isEqualTo(IncidentState.IN_PROGRESS);
        assertThat(silent.journal()).noneMatch(entry -> entry.contains("Reopened:"));
    }

    @Test
    void whatAPersonResolvedAfterTheClosingStaysResolvedWhenTheCustomerAnswers() {
        silent.opened().warned().closed();
        bench.reach(FRIDAY_AT_NINE.plus(AN_HOUR));
        bench.serviceNow.desk().as("beth.anglin").reopen(silent.sysId());
        bench.reach(FRIDAY_AT_NINE.plus(AN_HOUR.multipliedBy(2)));
        bench.serviceNow.desk().as("beth.anglin").resolve(silent.sysId(), "Solution provided", "New cable");
        bench.deliver(silent.event().message("m-after", "Thank you"));

        bench.lookAt(FRIDAY_AT_NINE.plus(AN_HOUR.multipliedBy(3)));

        assertThat(silent.state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(silent.journal()).noneMatch(entry -> entry.contains("Reopened:"));
        assertThat(bench.store().history(silent.ticket()))
                .anyMatch(entry -> entry.text().contains("was not reopened: it was resolved anew since the closing"));
    }

    @Test
    void anInstanceThatKeepsTheFirstResolutionDoesNotHideASecondOneThatWasSeen() {
        silent.opened().warned().closed();
        String first = silent.field("resolved_at");
        bench.lookAt(FRIDAY_AT_NINE.plus(AN_HOUR));
        bench.serviceNow.desk().as("beth.anglin").reopen(silent.sysId());
        bench.lookAt(FRIDAY_AT_NINE.plus(AN_HOUR.multipliedBy(2)));
        bench.serviceNow.desk().as("beth.anglin").resolve(silent.sysId(), "Solution provided", "New cable");
        bench.serviceNow.desk().as("admin").set(silent.sysId(), "resolved_at", first);
        bench.deliver(silent.event().message("m-after", "Thank you"));

        bench.lookAt(FRIDAY_AT_NINE.plus(AN_HOUR.multipliedBy(3)));

        assertThat(silent.state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(silent.journal()).noneMatch(entry -> entry.contains("Reopened:"));
    }

    @Test
    void aTicketThatCannotBeReadKeepsNoOtherFromBeingLookedAt() {
        bench.deliver(
                PortalEvent.of("room-11", SIGNAL).at(bench.clock.instant()).opened(1));
        silent.opened();
        bench.jdbi().useHandle(handle -> {
            handle.execute("update ticket_activity set kind = 'UNHEARD_OF' where ticket_id = ?", unreadable());
            handle.execute(
                    "update closing_clock set look_at = ? where ticket_id = ?",
                    OffsetDateTime.parse("2026-01-01T00:00:00Z"),
                    unreadable());
        });

        silent.warned().closed();

        assertThat(bench.closings().clock(bench.ticket("room-11", SIGNAL)).orElseThrow())
                .satisfies(row -> assertThat(row.decision()).isEqualTo("wait"))
                .satisfies(row -> assertThat(row.reason()).contains("UNHEARD_OF"));
    }

    @Test
    void theInstancesOwnJobThatClosesItIsTheNormalEnd() {
        silent.opened().warned().closed();
        bench.reach(FRIDAY_AT_NINE.plus(Duration.ofDays(7)));
        bench.serviceNow.desk().as("admin").close(silent.sysId());
        String version = silent.field("sys_mod_count");
        List<OutgoingCommand> told = new ArrayList<>();

        bench.poll(told::add);
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofDays(8)));
        bench.deliver(silent.event().snapshot(2, "needsAction"));
        bench.deliver(silent.event().severity(3, "warning"));

        assertThat(told).isEmpty();
        assertThat(silent.field("sys_mod_count")).isEqualTo(version);
        assertThat(silent.steps()).containsExactly(Step.WARNED, Step.INTENDED, Step.CLOSED);
    }

    @Test
    void aResolvedTicketIsNotWrittenToJustToKeepInSync() {
        silent.opened().warned().closed();
        bench.poll();
        String version = silent.field("sys_mod_count");

        for (int day = 1; day < 6; day++) {
            bench.reach(FRIDAY_AT_NINE.plus(Duration.ofDays(day)));
            bench.deliver(silent.event().snapshot(10L + day, "needsAction"));
            bench.deliver(silent.event().status(20L + day, "needsAction", "investigating"));
            bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofDays(day)));
        }

        assertThat(silent.field("sys_mod_count")).isEqualTo(version);
    }

    @Test
    void aFileOfAnAgentStartsTheCountAnewAsSoonAsTheSweepSeesIt() {
        silent.opened().warned();
        bench.reach(THURSDAY_NOON);
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .attach(silent.sysId(), "photo.png", "image/png", "x".getBytes(StandardCharsets.UTF_8));

        bench.lookAt(THURSDAY_NOON.plus(AN_HOUR));

        assertThat(silent.decision())
                .startsWith("wait: the customer has time until the end of Tuesday 9 June 2026 (Europe/Berlin)");
    }

    @Test
    void aFileThatTheBridgeBroughtIsNobodysActivity() {
        silent.opened();
        bench.reach(THURSDAY_NOON.minus(Duration.ofDays(2)));
        bench.serviceNow
                .desk()
                .as(bench.integrationUser())
                .attach(silent.sysId(), "log.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8));

        bench.lookAt(THURSDAY_NOON.minus(Duration.ofDays(2)).plus(AN_HOUR));

        assertThat(silent.decision()).contains("end of Thursday 4 June 2026");
    }

    @Test
    void aNodeThatLostTheWorkSinceItsLookClaimsNothing() {
        silent.opened().warned();
        bench.reach(FRIDAY_AT_NINE);
        bench.beat(FRIDAY_AT_NINE);
        bench.poll();
        bench.serviceNow
                .faults()
                .on(RequestMatcher.table("incident_task"))
                .next(1, Fault.meanwhile(() -> bench.onDuty(false)));

        bench.closeInactive();

        assertThat(silent.state()).isEqualTo(IncidentState.NEW);
        assertThat(claims()).isZero();
        assertThat(silent.decision()).contains("another node took the work over");
    }

    @Test
    void theBrakeCallsPeopleOnceADayAndShowsInTheListAndAsAMeter() {
        silent.withBrake(new Brake(1, 0));
        bench.deliver(
                PortalEvent.of("room-13", SIGNAL).at(bench.clock.instant()).opened(1));
        silent.opened().warned();

        bench.lookAt(FRIDAY_AT_NINE);
        bench.lookAt(FRIDAY_AT_NINE.plus(Duration.ofMinutes(10)));

        assertThat(braked()).isEqualTo(1);
        assertThat(MetricsPage.documented()).containsAllEntriesOf(MetricsPage.exposed(Scrape.of(bench.scrape())));
        assertThat(bench.closings().expectedBefore(FRIDAY_AT_NINE.plus(AN_HOUR)))
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).contains("the brake holds: 1 tickets were closed today"));
        bench.closings().release("contoso", bench.clock.instant(), "Beth Anglin", "Both are right");
        bench.closeInactive();
        assertThat(braked()).isZero();
    }

    @Test
    void aDayOfTheBrakeIsADayInItsZone() {
        Brake tokyo = new Brake(1, 0, ZoneId.of("Asia/Tokyo"));

        assertThat(tokyo.dayBegin(Instant.parse("2026-06-05T16:00:00Z"))).isEqualTo("2026-06-05T15:00:00Z");
        assertThat(new Brake(1, 0).dayBegin(WEDNESDAY_AT_NINE)).isEqualTo("2026-06-03T00:00:00Z");
    }

    private String unreadable() {
        return bench.ticket("room-11", SIGNAL).id().value();
    }

    private double braked() {
        return bench.meters()
                .get(BrakeAlarm.METER)
                .tag("tenant", "contoso")
                .gauge()
                .value();
    }

    private long claims() {
        return bench.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from intent where kind = 'CLOSE'")
                        .mapTo(Long.class)
                        .one());
    }

    private boolean dies(int place) {
        try {
            bench.dieAtStoreAccess(place);
            bench.closeInactive();
            return false;
        } catch (MortalDataSource.Crash died) {
            return true;
        }
    }
}
