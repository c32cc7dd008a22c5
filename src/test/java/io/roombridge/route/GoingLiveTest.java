package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.route.Campaign.Course;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.TicketKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An administrator tries the bridge for a week in shadow mode, goes live with a part of the rooms, and widens the scope. A
 * second bridge stays in shadow mode all the time with every room in scope: what it decided is what has to be there.
 */
class GoingLiveTest {

    private static final long SEED = Long.getLong("going-live.seed", 8);
    private static final MappingVersion NARROW = MappingVersion.shipped()
            .with(new MappingDirectory(
                    Map.of("scope.yaml", "include: [ { room: \"Room in-*\" } ]".getBytes(StandardCharsets.UTF_8)),
                    true));

    private final Bench bench = Bench.inShadow();
    private final Bench shadow = Bench.inShadow();
    private final Campaign campaign = new Campaign(
            SEED, List.of("in-1", "in-2", "in-3", "in-4", "out-1", "out-2", "out-3"), List.of("Camera", "Display"));

    @AfterEach
    void closeBenches() {
        bench.close();
        shadow.close();
    }

    /** The signals of these rooms that were unhealthy at any moment from now on until that much time has passed. */
    private Set<Course> play(Duration time, String rooms) {
        Set<Course> seen = new HashSet<>(campaign.unhealthy());
        for (long minutes = 0; minutes < time.toMinutes(); ) {
            int step = campaign.minutesToTheNext(480);
            minutes += step;
            bench.pass(Duration.ofMinutes(step));
            shadow.pass(Duration.ofMinutes(step));
            PortalEvent event = campaign.next(bench.clock.instant());
            bench.deliver(event);
            shadow.deliver(event);
            seen.addAll(campaign.unhealthy());
        }
        seen.removeIf(course -> !course.room.startsWith(rooms));
        return seen;
    }

    private void settle() {
        for (int i = 0; i < 4; i++) {
            bench.pass(Duration.ofMinutes(10));
            shadow.pass(Duration.ofMinutes(10));
        }
    }

    /** Exactly these have an incident, one each, in the state that was decided without ever being written. */
    private void exactlyThese(Set<Course> expected) {
        String replay = "replay with -Dgoing-live.seed=" + SEED;
        for (Course course : expected) {
            String id = new TicketKey.RoomSignal("contoso", course.room, "", course.signal, "")
                    .id()
                    .value();
            List<Incident> incidents = bench.serviceNow.desk().correlatedTo(id);
            String what = course.room + " " + course.signal + "; " + replay;
            assertThat(incidents).as(what).hasSize(1);
            IncidentState decided = shadow.ticket(course.room, course.signal)
                    .current()
                    .orElseThrow()
                    .state();
            assertThat(IncidentState.of(incidents.get(0).field("state")))
                    .as(what)
                    .contains(decided);
        }
        assertThat(bench.serviceNow.desk().incidents()).as(replay).hasSize(expected.size());
    }

    @Test
    void whatShadowModeDecidedFromTheActivationOnIsWhatThereIs() {
        bench.mappings.put(NARROW);
        play(Duration.ofDays(7), "in");
        assertThat(bench.serviceNow.requests().writes()).isEmpty();

        bench.goLive();
        Set<Course> expected = play(Duration.ofDays(3), "in");
        settle();
        exactlyThese(expected);

        bench.mappings.put(MappingVersion.shipped());
        bench.pass(Duration.ofMinutes(1));
        shadow.pass(Duration.ofMinutes(1));
        expected.addAll(play(Duration.ofDays(2), ""));
        settle();
        exactlyThese(expected);

        assertThat(shadow.serviceNow.requests().writes()).isEmpty();
        assertThat(shadow.serviceNow.desk().incidents()).isEmpty();
    }

    @Test
    void whatIsOutOfScopeIsCountedAndFollowed() {
        bench.goLive();
        bench.mappings.put(NARROW);

        Reason opened =
                bench.deliver(PortalEvent.of("out-1", "Camera").opened(1)).reason();
        bench.deliver(PortalEvent.of("out-2", "Camera").opened(1));
        bench.deliver(
                PortalEvent.of("out-2", "Camera").at(bench.clock.instant()).resolved(2));

        assertThat(opened).isEqualTo(Reason.OUT_OF_SCOPE);
        assertThat(bench.scrape()).contains("reason=\"out-of-scope\"");
        assertThat(bench.serviceNow.desk().incidents()).isEmpty();

        bench.mappings.put(MappingVersion.shipped());
        bench.pass(Duration.ofMinutes(1));

        assertThat(bench.state("out-1", "Camera")).isEqualTo(IncidentState.NEW);
        assertThat(bench.ticket("out-2", "Camera").chain()).isEmpty();
    }

    @Test
    void whatAnotherNodeHeldBackByTheScopeThatWasBeforeIsTakenInWithinTheHour() {
        bench.goLive();
        bench.pass(Duration.ofMinutes(1));
        bench.mappings.put(NARROW);
        bench.deliver(PortalEvent.of("out-1", "Camera").opened(1));
        bench.mappings.put(MappingVersion.shipped());

        bench.pass(Duration.ofHours(1));

        assertThat(bench.state("out-1", "Camera")).isEqualTo(IncidentState.NEW);
    }

    @Test
    void whatHasAnIncidentKeepsItWhenTheScopeNarrows() {
        bench.goLive();
        bench.deliver(PortalEvent.of("out-1", "Camera").opened(1));

        bench.mappings.put(NARROW);
        bench.deliver(
                PortalEvent.of("out-1", "Camera").at(bench.clock.instant()).resolved(2));
        bench.pass(Duration.ofHours(1));

        assertThat(bench.state("out-1", "Camera")).isEqualTo(IncidentState.RESOLVED);
    }

    @Test
    void aSuppressionInsideANewlyOpenedScopeStillHolds() {
        bench.goLive();
        bench.mappings.put(NARROW);
        bench.deliver(PortalEvent.of("out-1", "Camera").opened(1));
        bench.deliver(RoomEvent.ofSignal("suppressed", "out-1", "Camera", bench.clock.instant()));

        bench.mappings.put(MappingVersion.shipped());
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.ticket("out-1", "Camera").heldBack()).contains(Reason.SUPPRESSED);

        bench.deliver(RoomEvent.ofSignal("unsuppressed", "out-1", "Camera", bench.clock.instant()));
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.state("out-1", "Camera")).isEqualTo(IncidentState.NEW);
    }
}
