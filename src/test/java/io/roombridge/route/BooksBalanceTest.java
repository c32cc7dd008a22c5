package io.roombridge.route;

import static io.roombridge.sandbox.servicenow.RequestMatcher.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.ops.Metrics;
import io.roombridge.ops.MetricsPage;
import io.roombridge.ops.Scrape;
import io.roombridge.route.Outcomes.Side;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The equation of docs/metrics.md, at every scrape: what was read is what has an outcome and what is in flight. Replay with
 * {@code -Dbooks.seed=N}, more steps with {@code -Dbooks.steps=N}.
 */
class BooksBalanceTest {

    private static final long SEED = Long.getLong("books.seed", 20_261_121);
    private static final int STEPS = Integer.getInteger("books.steps", 120);
    private static final String SIGNAL = "Display";
    private static final List<Fault> FAULTS = List.of(
            Fault.unauthorized(),
            Fault.htmlPage(503),
            Fault.truncated(),
            Fault.connectionReset(),
            Fault.timeoutAfterCommit());
    private static final Fault REFUSAL =
            Fault.forbidden("Operation Failed", "ACL Exception Insert Failed due to security constraints");

    private final Bench bench = Bench.inMemory();
    private final Random random = new Random(SEED);
    private final List<byte[]> sent = new ArrayList<>();
    private final Set<String> inFlight = new HashSet<>();
    private int read;
    private int number = 1;

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void theBooksBalanceAtEveryScrapeOfADayWithFaults() {
        for (int step = 0; step < STEPS; step++) {
            int room = random.nextInt(6);
            switch (random.nextInt(10)) {
                case 0 -> present("no event at all".getBytes(StandardCharsets.UTF_8));
                case 1 -> present(sent.isEmpty() ? event(room).opened(number++).bytes() : anySent());
                case 2 -> desk(room);
                case 3 -> bench.serviceNow.faults().on(writes()).next(1, FAULTS.get(random.nextInt(FAULTS.size())));
                case 6 -> present(refused(room));
                case 4 -> replayAll();
                case 5 -> later(Duration.ofMinutes(random.nextInt(20)));
                default -> present(change(room).bytes());
            }
            balance("seed " + SEED + ", step " + step);
        }
        settle();

        Scrape end = balance("seed " + SEED + ", at the end");
        assertThat(end.sum("roombridge_changes_read_total", "side", "portal")).isEqualTo(read);
        assertThat(end.sum("roombridge_changes_in_flight")).isZero();
        assertThat(end.sum("roombridge_changes_read_total", "side", "servicenow"))
                .as("each entry of each incident was read once")
                .isEqualTo(entries());
        assertThat(List.of("delivered", "duplicate", "ignored", "dead", "parked"))
                .allSatisfy(
                        outcome -> assertThat(end.sum("roombridge_changes_total", "side", "portal", "outcome", outcome))
                                .as(outcome)
                                .isPositive());
        assertThat(end.sum("roombridge_changes_total", "outcome", "echo")).isPositive();
        assertThat(end.sum("roombridge_replays_total")).as("counted apart").isPositive();
        assertThat(MetricsPage.documented()).containsAllEntriesOf(MetricsPage.exposed(end));
    }

    @Test
    void aScrapeNeverSeesTheBooksBetweenTwoEntries() throws Exception {
        Metrics metrics = new Metrics("test");
        Outcomes outcomes = new Outcomes(metrics.books());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            String delivery = "writer-" + writer;
            writers.add(threads.submit(() -> {
                for (int i = 0; i < 20_000; i++) {
                    Arrival arrival = new Arrival(delivery + "/" + i, "0");
                    outcomes.read(Side.PORTAL, List.of(arrival));
                    outcomes.count(Side.PORTAL, arrival, new Outcome.Delivered(Reason.RECORDED));
                }
            }));
        }
        while (!writers.stream().allMatch(Future::isDone)) {
            balance(Scrape.of(metrics.scrape(outcomes)), "while others write");
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        assertThat(Scrape.of(metrics.scrape(outcomes)).sum("roombridge_changes_read_total"))
                .isEqualTo(60_000);
    }

    @Test
    void aMemberOfABatchThatIsPresentedAgainIsCountedOnce() {
        Outcomes outcomes = new Outcomes(new SimpleMeterRegistry());
        List<Arrival> batch = List.of(new Arrival("0/7", "0"), new Arrival("0/7", "1"));
        outcomes.read(Side.PORTAL, batch);
        outcomes.count(Side.PORTAL, batch.get(0), new Outcome.Delivered(Reason.RECORDED));

        outcomes.read(Side.PORTAL, batch);
        outcomes.count(Side.PORTAL, batch.get(0), new Outcome.Duplicate(Reason.SAME_EVENT));
        outcomes.count(Side.PORTAL, batch.get(1), new Outcome.Delivered(Reason.RECORDED));

        assertThat(outcomes.counts()).isEqualTo(Map.of("delivered(recorded)", 2L));
    }

    @Test
    void whatWasInFlightWhenAPartitionWasLostIsHandedOver() {
        Metrics metrics = new Metrics("test");
        Outcomes outcomes = new Outcomes(metrics.books());
        outcomes.read(Side.PORTAL, List.of(new Arrival("0/7", "0"), new Arrival("0/7", "1"), new Arrival("0/8", "0")));
        outcomes.count(Side.PORTAL, new Arrival("0/7", "1"), new Outcome.Delivered(Reason.RECORDED));

        outcomes.handOver("0", 7);
        outcomes.handOver("0", 6);

        Scrape scrape = balance(Scrape.of(metrics.scrape(outcomes)), "after the loss");
        assertThat(scrape.sum("roombridge_changes_handed_over_total", "side", "portal"))
                .isEqualTo(1);
        assertThat(scrape.sum("roombridge_changes_in_flight", "side", "portal")).isEqualTo(1);
    }

    private Scrape balance(String when) {
        return balance(Scrape.of(bench.scrape()), when);
    }

    private static Scrape balance(Scrape scrape, String when) {
        for (String side : List.of("portal", "servicenow")) {
            assertThat(scrape.sum("roombridge_changes_read_total", "side", side))
                    .as("%s, side %s", when, side)
                    .isEqualTo(scrape.sum("roombridge_changes_total", "side", side)
                            + scrape.sum("roombridge_changes_in_flight", "side", side)
                            + scrape.sum("roombridge_changes_handed_over_total", "side", side));
        }
        return scrape;
    }

    private PortalEvent event(int room) {
        return PortalEvent.of("room-" + room, SIGNAL).at(bench.clock.instant());
    }

    private PortalEvent change(int room) {
        int next = number++;
        return switch (random.nextInt(6)) {
            case 0, 1 -> event(room).opened(next);
            case 2 -> event(room).resolved(next);
            case 3 -> event(room).severity(next, random.nextBoolean() ? "critical" : "warning");
            case 4 -> event(room).suppressed().opened(next);
            default -> event(room).message("m-" + next, "Is anybody there? " + next);
        };
    }

    /** The instance refuses what comes next; what follows it in its lane is parked. */
    private byte[] refused(int room) {
        bench.serviceNow.faults().on(writes()).next(1, REFUSAL);
        return change(room).bytes();
    }

    private byte[] anySent() {
        return sent.get(random.nextInt(sent.size()));
    }

    /** One attempt: it is read now if it is not on its way already. */
    private void present(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        read += inFlight.add(text) ? 1 : 0;
        sent.add(message);
        try {
            bench.attempt(message);
            inFlight.remove(text);
        } catch (RetryLater later) {
            bench.machine.advance(later.after());
        }
    }

    private void desk(int room) {
        List<Incident> incidents = bench.serviceNow.desk().incidents();
        if (!incidents.isEmpty()) {
            String sysId = incidents.get(room % incidents.size()).sysId();
            bench.serviceNow.desk().as("beth.anglin").comment(sysId, "I am on my way " + number++);
            bench.serviceNow.desk().as("beth.anglin").workNote(sysId, "Between us " + number++);
        }
        poll();
    }

    /** A look at ServiceNow a moment later, so that nothing hides in the present second. */
    private void poll() {
        later(Duration.ofSeconds(5));
        bench.poll();
    }

    private void replayAll() {
        bench.letters()
                .ask(
                        new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty()),
                        "Beth Anglin",
                        "tried again",
                        bench.clock.instant());
        bench.replay();
    }

    private void later(Duration time) {
        bench.pass(time);
        bench.serviceNow.tick();
    }

    /** Faults are over, what is on its way arrives, and everything is heard. */
    private void settle() {
        bench.serviceNow.faults().clear();
        for (int i = 0; i < 50 && !inFlight.isEmpty(); i++) {
            later(Duration.ofMinutes(5));
            List.copyOf(inFlight).forEach(text -> present(text.getBytes(StandardCharsets.UTF_8)));
        }
        replayAll();
        later(Duration.ofMinutes(30));
        poll();
        poll();
    }

    private double entries() {
        return bench.serviceNow.desk().incidents().stream()
                .mapToLong(incident ->
                        bench.serviceNow.desk().journal(incident.sysId()).size())
                .sum();
    }
}
