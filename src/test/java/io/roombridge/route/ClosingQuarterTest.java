package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Evidence;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.route.ClosingModel.Count;
import io.roombridge.route.ClosingModel.Happening;
import io.roombridge.route.ClosingModel.Office;
import io.roombridge.route.Quarter.Life;
import io.roombridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A quarter in ten regions with 2,000 tickets: people on both sides do what they like at random, ServiceNow is away for
 * hours, the machine for two days, the bridge dies on the way and its clock is set back. Exactly the tickets that {@link
 * ClosingModel} closes are closed, in the hour in which it closes them, with the same due instants. Where the bridge cannot
 * know when a state was changed, because more happened between two looks, it may close later than the model or not at all.
 *
 * <p>Replay with {@code -Dquarter.seed=N} or {@code N,M}; {@code -Dquarter.seeds=20} runs the first twenty.
 */
class ClosingQuarterTest {

    private static final int TICKETS = Integer.getInteger("quarter.tickets", 400);
    private static final Duration LATE = Duration.ofMinutes(15);

    private QuarterPlan plan;
    private Bench bench;
    private String replay;

    static LongStream seeds() {
        String some = System.getProperty("quarter.seed");
        return some == null
                ? LongStream.rangeClosed(1, Long.getLong("quarter.seeds", 1))
                : Stream.of(some.split(",")).mapToLong(Long::parseLong);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void exactlyTheTicketsOfTheModelAreClosedAndNoneEarly(long seed) {
        play(seed, TICKETS);
    }

    @Test
    @Tag("length")
    void neitherIsOneEarlyAtTheSizeOfACampus() {
        play(1, 2_000);
    }

    private void play(long seed, int tickets) {
        replay = "replay with -Dquarter.seed=" + seed + " -Dquarter.tickets=" + tickets;
        Random random = new Random(seed);
        plan = new QuarterPlan(random, tickets);
        try (Bench started = Bench.inMemory()) {
            bench = started;
            bench.sweep = Duration.ofDays(7);
            bench.closing(Quarter::rules);
            Quarter quarter = new Quarter(bench, plan, random);
            quarter.live();
            int closed = quarter.lives().stream().mapToInt(this::check).sum();
            assertThat(closed).as(replay).isGreaterThan(tickets / 3).isLessThan(tickets);
        }
    }

    /** Returns 1 for a ticket that was closed. */
    private int check(Life life) {
        Ticket ticket = bench.ticket(life.room.name(), "Camera");
        List<ClosingRecord> records = bench.closings().records(ticket);
        List<Happening> past = life.happened.stream()
                .sorted(Comparator.comparing(Happening::at))
                .toList();
        String of = life.room + " " + past + " " + said(records) + " "
                + bench.activities().of(ticket) + "; " + replay;
        List<ClosingRecord> closed =
                records.stream().filter(one -> one.step() == Step.CLOSED).toList();
        if (blurred(past)) {
            closed.forEach(one -> assertNotTooEarly(life, past, one, of));
            return closed.size();
        }
        List<Expected> expected = ClosingModel.counts(past, QuarterPlan.END).stream()
                .flatMap(count -> expected(life, count, records, of).stream())
                .toList();
        assertThat(closed).as("closed, and expected " + expected + ": " + of).hasSameSizeAs(expected);
        for (int i = 0; i < closed.size(); i++) {
            assertThat(Instant.parse(Evidence.text(closed.get(i).evidence(), "dueAt")))
                    .as("due: " + of)
                    .isEqualTo(expected.get(i).due());
            assertThat(closed.get(i).at())
                    .as("closed at: " + of)
                    .isBetween(expected.get(i).at(), expected.get(i).at().plus(LATE));
        }
        return closed.size();
    }

    /** Whether anything else happened between the same two looks as a change of state. */
    private boolean blurred(List<Happening> past) {
        return IntStream.range(1, past.size())
                .filter(i -> QuarterPlan.isDeskState(past.get(i - 1).what())
                        || QuarterPlan.isDeskState(past.get(i).what()))
                .anyMatch(i ->
                        !plan.looksBetween(past.get(i - 1).at(), past.get(i).at()));
    }

    /** By the model the customer had the ball, and had his time since anybody did anything. */
    private static void assertNotTooEarly(Life life, List<Happening> past, ClosingRecord closed, String of) {
        List<Happening> before =
                past.stream().filter(one -> one.at().isBefore(closed.at())).toList();
        assertThat(ClosingModel.ball(before)).as("whose turn it was: " + of).isEqualTo('C');
        Office office = new Office(life.room.place().zone(), life.room.place().holidays());
        Instant silent = before.get(before.size() - 1).at();
        assertThat(Instant.parse(Evidence.text(closed.evidence(), "dueAt")))
                .as("closed early: " + of)
                .isAfterOrEqualTo(
                        ClosingModel.due(office, ClosingModel.lastDay(office, silent, life.days(), List.of())));
    }

    /** What the model closes: the instant it was due, and the full hour of the closing. */
    private record Expected(Instant due, Instant at) {}

    private List<Expected> expected(Life life, Count count, List<ClosingRecord> records, String of) {
        Office office = new Office(life.room.place().zone(), life.room.place().holidays());
        List<Instant> before = warnings(records, count, false);
        List<Instant> told = warnings(records, count, true);
        assertThat(told).as("one warning of each count: " + of).hasSizeLessThan(2);
        if (told.isEmpty()) {
            LocalDate last = ClosingModel.lastDay(office, count.start(), life.days(), before);
            // A file moves no time of its incident: a sweep finds it, or the last look before the closing.
            boolean file = life.happened.contains(new Happening(count.start(), 'f'));
            assertThat(file || !plan.lookFrom(ClosingModel.warnAt(office, last)).isBefore(count.end()))
                    .as("a warning of the silence " + count + " is missing: " + of)
                    .isTrue();
            return List.of();
        }
        LocalDate last = ClosingModel.lastDay(office, count.start(), life.days(), before);
        assertThat(told.get(0)).as("warned early: " + of).isAfterOrEqualTo(ClosingModel.warnAt(office, last));
        last = ClosingModel.lastDay(
                office,
                count.start(),
                life.days(),
                List.copyOf(Stream.concat(before.stream(), told.stream()).toList()));
        Instant at = plan.lookFrom(ClosingModel.executeFrom(office, last));
        while (!office.working(at)) {
            at = plan.lookFrom(at.plusSeconds(1));
        }
        return at.isBefore(count.end()) ? List.of(new Expected(ClosingModel.due(office, last), at)) : List.of();
    }

    /** When the customer was warned, of this count or of earlier ones. */
    private static List<Instant> warnings(List<ClosingRecord> records, Count count, boolean ofThis) {
        return records.stream()
                .filter(one -> one.step() == Step.WARNED)
                .filter(one -> ofThis
                        ? one.countFrom().equals(count.start())
                        : one.countFrom().isBefore(count.start()))
                .map(ClosingRecord::at)
                .toList();
    }

    private static List<String> said(List<ClosingRecord> records) {
        return records.stream()
                .map(one -> one.step() + " " + one.at() + " of " + one.countFrom())
                .toList();
    }
}
