package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Mutes.Mute;
import io.roombridge.correlation.Mutes.Subject;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.route.Campaign.Course;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.TicketKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An administrator tries the bridge for a week in shadow mode, goes live with a part of the rooms, and widens the scope. A
 * second bridge stays in shadow mode all the time with every room in scope: what it decided is what has to be there.
 */
class GoingLiveTest {

    private static final long SEED = Long.getLong("going-live.seed", 8);
    private static final MappingVersion NARROW = MappingVersion.shipped()
            .with(new MappingDirectory(
                    Map.of("scope.yaml", "include: [ { region: PT } ]".getBytes(StandardCharsets.UTF_8)), true));

    private static final String MUTED = "in-4";

    private final Bench bench = Bench.inShadow();
    private final Bench shadow = Bench.inShadow();
    private Campaign campaign;
    private String replay;
    private Instant activated;

    @AfterEach
    void closeBenches() {
        bench.close();
        shadow.close();
    }

    private void begin(long seed) {
        replay = "replay with -Dgoing-live.seed=" + seed;
        campaign = new Campaign(
                seed,
                List.of("in-1", "in-2", "in-3", MUTED, "out-1", "out-2", "out-3"),
                List.of("Camera", "Display", "Speaker"));
    }

    private void passBoth(Duration time) {
        bench.pass(time);
        shadow.pass(time);
    }

    /** The signals of these rooms that were unhealthy and not muted at any moment until that much time has passed. */
    private Set<Course> play(Duration time, String rooms) {
        Set<Course> seen = new HashSet<>(heard());
        for (long minutes = 0; minutes < time.toMinutes(); ) {
            int step = campaign.minutesToTheNext(240);
            minutes += step;
            passBoth(Duration.ofMinutes(step));
            seen.addAll(heard());
            PortalEvent event = campaign.next(bench.clock.instant());
            bench.deliver(event);
            shadow.deliver(event);
            seen.addAll(heard());
        }
        seen.removeIf(course -> !course.room.startsWith(rooms));
        return seen;
    }

    private Set<Course> heard() {
        boolean muted = !bench.books().mutes().holding(bench.clock.instant()).isEmpty();
        Set<Course> heard = campaign.unhealthy();
        heard.removeIf(course -> muted && course.room.equals(MUTED));
        return heard;
    }

    private void settle() {
        for (int i = 0; i < 4; i++) {
            passBoth(Duration.ofMinutes(10));
        }
    }

    /** Both bridges: what they decide may depend on it. */
    private void mute(Duration time) {
        for (Bench one : List.of(bench, shadow)) {
            Subject room = new Subject("contoso", "room:" + MUTED, "room " + MUTED);
            Instant now = one.clock.instant();
            one.books()
                    .mutes()
                    .mute(new Mute(0, room, now, now.plus(time), "Beth Anglin", "rebuilt", Optional.empty()));
        }
    }

    /** It breaks and heals while nobody wants to hear of it: never an incident. */
    private void aShortFaultOf(String room) {
        for (Bench one : List.of(bench, shadow)) {
            one.deliver(PortalEvent.of(room, "Microphone")
                    .in("PT", "Europe/Lisbon", "system")
                    .at(one.clock.instant())
                    .opened(1));
            one.pass(Duration.ofMinutes(20));
            one.deliver(PortalEvent.of(room, "Microphone")
                    .in("PT", "Europe/Lisbon", "system")
                    .at(one.clock.instant())
                    .resolved(2));
        }
    }

    /** What comes meanwhile waits in its order, and is decided afterwards. */
    private void pauseAWhile(Duration time) {
        Pause pause = new Pause(Direction.TO_SERVICENOW, "contoso", bench.clock.instant(), "Beth Anglin", "freeze");
        bench.books().pauses().pause(pause);
        play(time, "");
        assertThat(bench.store().deadLetters()).as(replay).anyMatch(letter -> letter.reason() == Reason.PAUSED);
        bench.books().pauses().resume(pause);
        bench.replayAll();
    }

    /** Exactly these have an incident, one each, as it was decided without ever being written. */
    private void exactlyThese(Set<Course> expected) {
        for (Course course : expected) {
            String id = new TicketKey.RoomSignal("contoso", course.room, "", course.signal, "")
                    .id()
                    .value();
            List<Incident> incidents = bench.serviceNow.desk().correlatedTo(id);
            String what = course.room + " " + course.signal + "; " + replay;
            assertThat(incidents).as(what).hasSize(1);
            var decided = shadow.ticket(course.room, course.signal).current().orElseThrow();
            Incident real = incidents.get(0);
            assertThat(IncidentState.of(real.field("state"))).as(what).contains(decided.state());
            assertThat(real.field("short_description"))
                    .isEqualTo(decided.baseline().shortDescription());
            // An incident that was imagined before it could be real has the levels of an episode before.
            if (course.room.startsWith("in") && !decided.recordedAt().isBefore(activated)) {
                assertThat(real.field("impact") + real.field("urgency"))
                        .as(what)
                        .isEqualTo(
                                decided.baseline().impact() + decided.baseline().urgency());
            }
        }
        assertThat(bench.serviceNow.desk().incidents()).as(replay).hasSize(expected.size());
        assertThat(expected).as(replay).hasSizeGreaterThan(4);
    }

    /** No request but reading ones, and no command for the portal. */
    private void nothingLeft(Bench one) {
        assertThat(one.serviceNow.requests().all())
                .as(replay)
                .allMatch(request -> request.method().equals("GET"));
        assertThat(one.serviceNow.desk().incidents()).as(replay).isEmpty();
        assertThat(one.told()).as(replay).isEmpty();
    }

    @Test
    void whatShadowModeDecidedFromTheActivationOnIsWhatThereIs() {
        aWeekInShadowThenLiveThenAllRooms(SEED);
    }

    @Test
    @Tag("length")
    void soItIsWithOtherSeeds() {
        for (long seed = SEED + 1; seed <= SEED + 3; seed++) {
            GoingLiveTest other = new GoingLiveTest();
            try {
                other.aWeekInShadowThenLiveThenAllRooms(seed);
            } finally {
                other.closeBenches();
            }
        }
    }

    /** A week: with a restart, and a pause of a day. */
    private void aWeekInShadowThenLiveThenAllRooms(long seed) {
        begin(seed);
        bench.mappings.put(NARROW);
        play(Duration.ofDays(3), "in");
        pauseAWhile(Duration.ofDays(1));
        bench.reborn();
        play(Duration.ofDays(3), "in");
        nothingLeft(bench);

        bench.goLive();
        activated = bench.clock.instant();
        Set<Course> expected = play(Duration.ofDays(2), "in");
        mute(Duration.ofHours(30));
        aShortFaultOf(MUTED);
        expected.addAll(play(Duration.ofDays(1), "in"));
        bench.reborn();
        expected.addAll(play(Duration.ofDays(1), "in"));
        settle();
        exactlyThese(expected);

        bench.mappings.put(MappingVersion.shipped());
        passBoth(Duration.ofMinutes(1));
        expected.addAll(play(Duration.ofDays(2), ""));
        settle();
        exactlyThese(expected);

        nothingLeft(shadow);
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
