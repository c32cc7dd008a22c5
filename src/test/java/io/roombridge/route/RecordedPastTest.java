package io.roombridge.route;

import static io.roombridge.route.SilentTicket.FRIDAY_AT_NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Calendars;
import io.roombridge.closing.InactivityRule;
import io.roombridge.closing.Simulation;
import io.roombridge.closing.Simulation.Afterwards;
import io.roombridge.closing.Simulation.Replayed;
import io.roombridge.closing.TimeZones;
import io.roombridge.portal.PortalEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded past, replayed: the rule that was in force gives the closings that there were. */
class RecordedPastTest {

    private static final Calendars CALENDARS = new Calendars();

    @TempDir
    Path directory;

    private SilentTicket silent;

    @BeforeEach
    void start() {
        silent = new SilentTicket(directory);
        silent.opened().warned().closed();
    }

    @AfterEach
    void stop() {
        silent.close();
    }

    @Test
    void theRuleInForceGivesTheClosingThatWas() {
        assertThat(replayed(3)).singleElement().satisfies(one -> {
            assertThat(one.closedAt()).contains(FRIDAY_AT_NINE);
            assertThat(one.past().closed()).isPresent();
            assertThat(one.afterwards()).isEmpty();
        });
    }

    @Test
    void aLongerRuleWouldHaveKeptItOpen() {
        assertThat(replayed(5)).singleElement().matches(Replayed::keptOpen);
    }

    @Test
    void aClosedTicketThatWasSpokenInAgainIsNamed() {
        silent.bench.reach(FRIDAY_AT_NINE.plus(Duration.ofHours(3)));
        silent.bench.deliver(silent.event().message("m-after", "It is still broken"));

        assertThat(replayed(3))
                .singleElement()
                .extracting(one -> one.afterwards().map(Afterwards::what).orElse(""))
                .isEqualTo("the customer wrote");
    }

    private List<Replayed> replayed(int days) {
        Simulation simulation = new Simulation(
                CALENDARS,
                new TimeZones(),
                new InactivityRule(days, days),
                Instant.EPOCH,
                silent.bench.clock.instant(),
                Instant.EPOCH);
        List<Replayed> found = new ArrayList<>();
        new RecordedPast(
                        silent.bench.closings(),
                        silent.bench.activities(),
                        new RoomPlaces(new PortalEvents(), silent.bench.closing.region()))
                .each(past -> simulation.replay(past).ifPresent(found::add));
        return found;
    }
}
