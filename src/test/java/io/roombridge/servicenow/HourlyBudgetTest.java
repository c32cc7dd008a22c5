package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Database;
import io.roombridge.servicenow.RateGovernor.Purpose;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes that join, die and come back at random instants ask for more than the hour allows. Replay one seed with
 * {@code -Dbudget.seed=N}; {@code -Dbudget.seeds=1000} runs more.
 */
class HourlyBudgetTest {

    private static final int NODES = 3;
    private static final int PORTION = 5;
    private static final Duration LASTS = Duration.ofHours(6);

    private static Database database;
    private final TestClock clock = new TestClock();
    private final Map<Instant, Integer> counted = new TreeMap<>();
    private final List<RateGovernor> governors = new ArrayList<>();
    private final List<SharedLimits> shared = new ArrayList<>();
    private InstanceSettings settings;
    private int limit;
    private int starts;

    @BeforeAll
    static void open() {
        database = Database.open("jdbc:h2:mem:hourly-budget", "sa", "");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static LongStream seeds() {
        Long one = Long.getLong("budget.seed");
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, Long.getLong("budget.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nodesThatJoinAtAnyInstantStayWithinTheHourAndUseIt(long seed) {
        Random random = new Random(seed);
        settings = InstanceSettings.of(
                "seed-" + seed,
                URI.create("https://example.service-now.com"),
                new Credentials.Basic("bridge", "secret-word"));
        limit = 100 + random.nextInt(300);
        clock.advance(Duration.ofMillis(random.nextInt(3_600_000)));
        for (int node = 0; node < NODES; node++) {
            governors.add(null);
            shared.add(null);
            start(node);
        }
        Instant end = clock.instant().plus(LASTS);
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofMillis(random.nextInt(20_000)));
            int node = random.nextInt(NODES);
            if (random.nextInt(100) == 0) {
                start(node);
            }
            for (int call = random.nextInt(10); call > 0; call--) {
                call(node, random);
            }
        }

        assertThat(counted.values())
                .as("seed %d: calls of each hour, at most %d", seed, limit)
                .allSatisfy(calls -> assertThat(calls).isLessThanOrEqualTo(limit));
        List<Integer> whole = List.copyOf(counted.values()).subList(1, counted.size() - 1);
        int leftBehind = PORTION * (NODES + starts);
        assertThat(whole)
                .as("seed %d: of %d calls an hour, %d at most are left behind", seed, limit, leftBehind)
                .allSatisfy(calls -> assertThat(calls).isGreaterThan((int) (limit * 0.9) - leftBehind));
    }

    /** A new process, which knows nothing but what is in the store. */
    private void start(int node) {
        governors.set(node, new RateGovernor(OptionalInt.empty(), () -> 0));
        shared.set(
                node,
                new SqlSharedLimits(Jdbi.create(database.dataSource()), settings, "node-" + node + "-" + starts++));
    }

    /** As {@link Calls} does it. */
    private void call(int node, Random random) {
        Instant sent = clock.instant();
        Purpose purpose = Purpose.values()[random.nextInt(Purpose.values().length)];
        if (governors.get(node).admit(purpose, shared.get(node), sent).isEmpty()) {
            Instant hour = sent.truncatedTo(ChronoUnit.HOURS);
            counted.merge(hour, 1, Integer::sum);
            clock.advance(Duration.ofMillis(random.nextInt(1_500)));
            governors.get(node).learn(answer(sent, hour), sent, clock.instant());
        }
    }

    /** Its times are whole seconds, and a moment old. */
    private AnswerFacts answer(Instant at, Instant hour) {
        return AnswerFacts.of(
                200,
                Map.of(
                        "X-RateLimit-Limit", List.of("" + limit),
                        "X-RateLimit-Reset",
                                List.of("" + hour.plus(1, ChronoUnit.HOURS).getEpochSecond()),
                        "Date", List.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)))));
    }
}
