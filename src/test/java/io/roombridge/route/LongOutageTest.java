package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.IncidentState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ServiceNow is away for four hours while events queue up in the hub. Then they drain: nothing lost, nothing twice, in
 * order, and within what the instance allows in an hour.
 *
 * <p>200 events in every build; {@code -Doutage.events=20000} for the long one. {@code -Doutage.seed=N} changes the order
 * in which the events of different rooms meet.
 */
class LongOutageTest {

    private static final int EVENTS = Integer.getInteger("outage.events", 200);
    private static final long SEED = Long.getLong("outage.seed", 1);
    private static final int COURSE = 5;
    private static final int ROOMS = EVENTS / COURSE;

    /** So few that the drain takes hours, and is more than a matter of one budget. */
    private static final int HOURLY_LIMIT = EVENTS * 2 / 5;

    private static final Duration OUTAGE = Duration.ofHours(4);
    private static final String SIGNAL = "Camera";

    @TempDir
    Path directory;

    @Test
    void whatQueuedUpDrainsOnceInOrderAndWithinTheHourlyLimit() throws Exception {
        try (OutageBench outage = new OutageBench(directory, Math.min(256, Math.max(32, EVENTS / 40)))) {
            Bench bench = outage.bench;
            bench.serviceNow.rateRules().limitUser(bench.integrationUser(), HOURLY_LIMIT);
            List<Deque<PortalEvent>> courses = courses();
            // Some tickets are open before it begins.
            outage.send(courses.stream().limit(ROOMS / 10).map(Deque::poll).toList());
            outage.untilDone(bench.machine.instant().plus(Duration.ofHours(1)));

            Instant begins = bench.machine.instant();
            goDown(bench);
            outage.send(mixed(courses));
            for (Fault phase : phases()) {
                bench.serviceNow.faults().on(RequestMatcher.anything()).always(phase);
                outage.until(bench.machine.instant().plus(OUTAGE.dividedBy(phases().size())));
                bench.serviceNow.faults().clear();
            }
            Instant ends = bench.machine.instant();
            long attempts = outage.counters.failedAttempts();
            comeBack(bench);
            outage.untilDone(ends.plus(Duration.ofHours(24)));

            report(bench, begins, ends, attempts);
            check(bench);
        }
    }

    /** The last writes before it: done, but nobody was told. */
    private static void goDown(Bench bench) {
        bench.serviceNow.faults().on(RequestMatcher.writes()).next(6, Fault.timeoutAfterCommit());
    }

    /** An hour each of the shapes that an outage has. */
    private static List<Fault> phases() {
        return List.of(
                Fault.timeoutBeforeCommit(), Fault.htmlPage(503), Fault.hibernating(), Fault.maximumExecutionTime());
    }

    /** A node that comes up is not at its best at once. */
    private static void comeBack(Bench bench) {
        bench.serviceNow.faults().on(RequestMatcher.writes()).next(4, Fault.timeoutAfterCommit());
        bench.serviceNow.faults().on(RequestMatcher.writes()).next(4, Fault.accepted());
        bench.serviceNow.faults().on(RequestMatcher.writes()).next(2, Fault.queueFull());
    }

    private static List<Deque<PortalEvent>> courses() {
        return IntStream.range(0, ROOMS)
                .mapToObj(i -> new ArrayDeque<>(talks(i) ? talk("room-" + i) : rise("room-" + i)))
                .collect(Collectors.toList());
    }

    /** A person writes in every other ticket, so that the bridge does not resolve it by itself. */
    private static boolean talks(int room) {
        return room % 2 == 0;
    }

    private static List<PortalEvent> talk(String room) {
        return List.of(
                PortalEvent.of(room, SIGNAL).opened(1),
                PortalEvent.of(room, SIGNAL).message("1-" + room, "The first message of " + room),
                PortalEvent.of(room, SIGNAL).severity(2, "critical"),
                PortalEvent.of(room, SIGNAL)
                        .sequence(2)
                        .severityOf("critical")
                        .message("2-" + room, "The second message of " + room),
                PortalEvent.of(room, SIGNAL).severityOf("critical").resolved(3));
    }

    private static List<PortalEvent> rise(String room) {
        return List.of(
                PortalEvent.of(room, SIGNAL).severityOf("warning").opened(1),
                PortalEvent.of(room, SIGNAL).severity(2, "important"),
                PortalEvent.of(room, SIGNAL).severity(3, "critical"),
                PortalEvent.of(room, SIGNAL).severityOf("critical").snapshot(4, "needsAction"),
                PortalEvent.of(room, SIGNAL).severityOf("critical").resolved(5));
    }

    /** The events of a room in their order, those of different rooms in any. */
    private static List<PortalEvent> mixed(List<Deque<PortalEvent>> courses) {
        Random random = new Random(SEED);
        List<PortalEvent> mixed = new ArrayList<>();
        List<Deque<PortalEvent>> left = new ArrayList<>(courses);
        while (!left.isEmpty()) {
            int next = random.nextInt(Math.min(left.size(), 200));
            mixed.add(left.get(next).poll());
            if (left.get(next).isEmpty()) {
                left.remove(next);
            }
        }
        return mixed;
    }

    private static void check(Bench bench) {
        assertThat(bench.store().deadLetters()).isEmpty();
        Map<String, Long> incidents = bench.serviceNow.desk().incidents().stream()
                .map(incident -> incident.field("correlation_id"))
                .filter(id -> id.startsWith("rb-"))
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        assertThat(incidents)
                .hasSize(ROOMS)
                .allSatisfy((ticket, count) -> assertThat(count).isEqualTo(1));
        for (int i = 0; i < ROOMS; i++) {
            String room = "room-" + i;
            Incident incident = bench.incident(room, SIGNAL);
            assertThat(incident.field("urgency")).as(room).isEqualTo("1");
            if (talks(i)) {
                assertThat(bench.journal(room, SIGNAL).stream()
                                .filter(entry -> entry.contains("message of " + room))
                                .map(entry -> entry.contains("The first") ? "first" : "second"))
                        .as(room)
                        .containsExactly("first", "second");
            } else {
                assertThat(bench.state(room, SIGNAL))
                        .as(() -> room + ": " + bench.store().history(bench.ticket(room, SIGNAL)))
                        .isEqualTo(IncidentState.RESOLVED);
            }
        }
        assertThat(callsByHour(bench))
                .allSatisfy((hour, calls) -> assertThat(calls).isLessThanOrEqualTo(HOURLY_LIMIT));
    }

    /** What reached the instance's rate rule: requests that met no fault before it. */
    private static Map<Instant, Long> callsByHour(Bench bench) {
        return bench.serviceNow.requests().by(bench.integrationUser()).stream()
                .filter(request -> request.fault().isEmpty())
                .collect(Collectors.groupingBy(
                        request -> request.time().truncatedTo(ChronoUnit.HOURS), TreeMap::new, Collectors.counting()));
    }

    private static void report(Bench bench, Instant begins, Instant ends, long attempts) {
        List<RecordedRequest> all = bench.serviceNow.requests().all();
        System.out.printf(
                "outage: %d events, %d rooms, seed %d, limit %d calls an hour%n", EVENTS, ROOMS, SEED, HOURLY_LIMIT);
        System.out.printf(
                "outage: %d calls in four hours of it, %d attempts of events put off%n",
                all.stream()
                        .filter(request -> !request.time().isBefore(begins)
                                && request.time().isBefore(ends))
                        .count(),
                attempts);
        System.out.printf(
                "outage: drained %s after its end; 429 answers of the rule: %d; %d requests in all%n",
                Duration.between(ends, bench.machine.instant()),
                all.stream()
                        .filter(request ->
                                request.status() == 429 && request.fault().isEmpty())
                        .count(),
                bench.serviceNow.requests().total());
        callsByHour(bench).forEach((hour, calls) -> System.out.printf("outage: %s %d calls%n", hour, calls));
    }
}
