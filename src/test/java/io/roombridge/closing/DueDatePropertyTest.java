package io.roombridge.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds for every count: random regions, zones, starts and lengths, among them year ends, leap days, daylight saving
 * changes and short work weeks. A failure names its seed; {@code -Dclosing.seed=N} replays it alone.
 */
class DueDatePropertyTest {

    private static final int ROUNDS = 4_000;
    private static final long FIRST_SEED = 20_261_121L;
    private static final Calendars CALENDARS = new Calendars();
    private static final Regions REGIONS = new Regions();
    private static final List<String> CODES = codes();
    private static final List<ZoneId> ZONES =
            new TreeSet<>(ZoneId.getAvailableZoneIds()).stream().map(ZoneId::of).toList();

    /** One random question; everything in it follows from the seed. */
    private record Case(BusinessCalendar calendar, ZoneId zone, Instant start, int days, Random more) {

        Due due() {
            return DueDate.count(calendar, zone, start, days);
        }
    }

    @Test
    void everyDateAfterTheStartIsEitherCountedOrSkippedWithAReason() {
        forAll(asked -> {
            Due due = asked.due();

            Set<LocalDate> dates = new TreeSet<>(due.counted());
            due.skipped().forEach(one -> dates.add(one.date()));
            LocalDate first = asked.start().atZone(asked.zone()).toLocalDate().plusDays(1);
            assertThat(dates)
                    .containsExactlyElementsOf(
                            first.datesUntil(due.lastDay().plusDays(1)).toList());
            assertThat(due.counted().size() + due.skipped().size()).isEqualTo(dates.size());
            assertThat(due.skipped())
                    .allSatisfy(one -> assertThat(one.closed().name()).isNotBlank());
        });
    }

    @Test
    void exactlyTheAskedNumberOfBusinessDaysIsCounted() {
        forAll(asked -> {
            Due due = asked.due();

            assertThat(due.counted()).hasSize(asked.days()).allMatch(asked.calendar()::isBusinessDay);
            assertThat(due.skipped()).noneMatch(one -> asked.calendar().isBusinessDay(one.date()));
        });
    }

    @Test
    void theDueInstantIsTheFirstOfItsLocalDate() {
        forAll(asked -> {
            Due due = asked.due();

            LocalDate next = due.lastDay().plusDays(1);
            assertThat(due.dueAt().atZone(asked.zone()).toLocalDate()).isEqualTo(next);
            assertThat(due.dueAt().minusNanos(1).atZone(asked.zone()).toLocalDate())
                    .isEqualTo(due.lastDay());
            assertThat(due.dueAt()).isAfter(asked.start());
        });
    }

    @Test
    void nothingIsExecutedBeforeNineOnTheNextBusinessDay() {
        forAll(asked -> {
            Due due = asked.due();

            ZonedDateTime execute = due.executeFrom().atZone(asked.zone());
            assertThat(execute.toLocalTime()).isEqualTo(LocalTime.of(9, 0));
            assertThat(asked.calendar().isBusinessDay(execute.toLocalDate())).isTrue();
            assertThat(due.lastDay().plusDays(1).datesUntil(execute.toLocalDate()))
                    .noneMatch(asked.calendar()::isBusinessDay);
            assertThat(due.executeFrom()).isAfter(due.dueAt());
        });
    }

    @Test
    void theWarningLeavesAFullBusinessDay() {
        forAll(asked -> {
            Due due = asked.due();

            LocalDate warned = due.warnAt().atZone(asked.zone()).toLocalDate();
            assertThat(asked.calendar().nextBusinessDay(warned)).isEqualTo(due.lastDay());
            assertThat(due.warnAt()).isBeforeOrEqualTo(due.dueAt()).isAfterOrEqualTo(due.start());
        });
    }

    @Test
    void aLaterStartIsNeverDueEarlier() {
        forAll(asked -> {
            Instant later = asked.start().plusSeconds(asked.more().nextInt(10 * 86_400));

            Due due = DueDate.count(asked.calendar(), asked.zone(), later, asked.days());

            assertThat(due.dueAt()).isAfterOrEqualTo(asked.due().dueAt());
        });
    }

    @Test
    void oneMoreBusinessDayIsAlwaysLater() {
        forAll(asked -> {
            Due due = DueDate.count(asked.calendar(), asked.zone(), asked.start(), asked.days() + 1);

            assertThat(due.lastDay())
                    .isEqualTo(asked.calendar().nextBusinessDay(asked.due().lastDay()));
            assertThat(due.dueAt()).isAfter(asked.due().dueAt());
        });
    }

    @Test
    void aClosedDayNeverMakesItEarlier() {
        forAll(asked -> {
            LocalDate closed = asked.start()
                    .atZone(asked.zone())
                    .toLocalDate()
                    .plusDays(asked.more().nextInt(30));
            BusinessCalendar calendar = asked.calendar().withClosedDays(List.of(new ClosedDay(closed, "stocktaking")));

            Due due = DueDate.count(calendar, asked.zone(), asked.start(), asked.days());

            assertThat(due.dueAt()).isAfterOrEqualTo(asked.due().dueAt());
            assertThat(due.counted()).doesNotContain(closed);
        });
    }

    @Test
    void anUnknownSubdivisionIsNeverDueEarlierThanAKnownOne() {
        forAll(asked -> {
            Region region = asked.calendar().region();
            if (region.lineage().size() > 2 || region.unsupported().isPresent()) {
                return; // below that, a town keeps days of its own, and Quebec is no part of CA here
            }
            BusinessCalendar country = calendar(region.country());
            BusinessCalendar known = calendar(region.code());

            Due due = DueDate.count(country, asked.zone(), asked.start(), asked.days());

            assertThat(due.dueAt())
                    .isAfterOrEqualTo(DueDate.count(known, asked.zone(), asked.start(), asked.days())
                            .dueAt());
        });
    }

    private static void forAll(Consumer<Case> property) {
        Long replay = Long.getLong("closing.seed");
        long first = replay == null ? FIRST_SEED : replay;
        for (long seed = first; seed < first + (replay == null ? ROUNDS : 1); seed++) {
            Case asked = ask(seed);
            try {
                property.accept(asked);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "replay with -Dclosing.seed=" + seed + ": "
                                + asked.calendar().region() + ", " + asked.zone() + ", from " + asked.start() + ", "
                                + asked.days() + " days",
                        e);
            }
        }
    }

    private static Case ask(long seed) {
        Random random = new Random(seed);
        BusinessCalendar calendar = calendar(pick(random, CODES)).with(week(random));
        ZoneId zone = pick(random, ZONES);
        return new Case(calendar, zone, start(random, zone), 1 + random.nextInt(20), random);
    }

    /** Half of the starts lie around a moment at which something changes: the zone's offset, the year, a leap day. */
    private static Instant start(Random random, ZoneId zone) {
        Instant any = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextInt(10 * 365 * 86_400 / 10) * 10L);
        Instant near =
                switch (random.nextInt(6)) {
                    case 0 -> ofTransition(zone, any);
                    case 1 ->
                        LocalDate.of(2024 + random.nextInt(10), 12, 28)
                                .atStartOfDay(zone)
                                .toInstant();
                    case 2 ->
                        LocalDate.of(2024 + 4 * random.nextInt(2), 2, 27)
                                .atStartOfDay(zone)
                                .toInstant();
                    default -> any;
                };
        return near.minus(Duration.ofMinutes(random.nextInt(5 * 24 * 60)));
    }

    private static Instant ofTransition(ZoneId zone, Instant after) {
        var transition = zone.getRules().nextTransition(after);
        return transition == null ? after : transition.getInstant();
    }

    private static WorkWeek week(Random random) {
        Set<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        if (random.nextInt(4) == 0) {
            days = EnumSet.noneOf(DayOfWeek.class);
            for (int i = 0; i <= random.nextInt(6); i++) {
                days.add(DayOfWeek.of(1 + random.nextInt(7)));
            }
            days.add(DayOfWeek.of(1 + random.nextInt(7)));
        }
        return new WorkWeek(days);
    }

    private static List<String> codes() {
        List<String> codes = new ArrayList<>(CALENDARS.regions());
        Tables.rows("subdivisions.csv").stream()
                .flatMap(row -> Stream.of(row).limit(1))
                .filter(code -> REGIONS.find(code).refusal().isEmpty())
                .forEach(codes::add);
        return List.copyOf(codes);
    }

    private static BusinessCalendar calendar(String code) {
        return CALENDARS.of(code).toOptional().orElseThrow();
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
