package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Database;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import io.roombridge.sandbox.servicenow.Setup;
import io.roombridge.ticket.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes, each with its own gateway, on one store and one instance: to the instance they behave like one. */
class SharedLimitsTest {

    private static final int NODES = 3;
    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private final CamelContext camel = new DefaultCamelContext();
    private final EmbeddedServiceNow instance =
            EmbeddedServiceNow.start(Setup.defaults().withHttpPort(0).withClock(clock));
    private final ExecutorService callers = Executors.newFixedThreadPool(24);
    private final List<ServiceNowGateway> nodes = new ArrayList<>();
    private final CountedStatements statements = new CountedStatements();
    private Database database;
    private Jdbi jdbi;

    @BeforeEach
    void open() {
        camel.start();
        database = database(directory);
        jdbi = Jdbi.create(database.dataSource());
        jdbi.setSqlLogger(statements);
    }

    @AfterEach
    void close() throws Exception {
        callers.shutdownNow();
        nodes.forEach(ServiceNowGateway::close);
        database.close();
        instance.close();
        camel.close();
    }

    Database database(Path ofThisTest) {
        return Database.open(Database.fileIn(ofThisTest), "sa", "");
    }

    @Test
    void threeNodesMakeTwoTriesWithRefusedCredentialsAndThenOneInFifteenMinutes() throws Exception {
        startNodes("wrong");
        burst(8);
        assertThat(refusals()).isEqualTo(1);

        for (int second = 0; second < 60; second++) {
            clock.advance(Duration.ofSeconds(1));
            burst(1);
        }
        assertThat(refusals()).isEqualTo(2);

        clock.advance(Duration.ofMinutes(15));
        burst(8);
        assertThat(refusals()).isEqualTo(3);
    }

    @Test
    void aRestartDoesNotForgetThatTheCredentialsWereRefusedButNewOnesAreTriedAtOnce() throws Exception {
        startNodes("wrong");
        burst(4);
        clock.advance(Duration.ofSeconds(10));
        burst(4);
        startNodes("wrong");
        burst(4);
        assertThat(refusals()).isEqualTo(2);

        startNodes(instance.accounts().integration().password());
        burst(1);
        clock.advance(Duration.ofSeconds(2));

        assertThat(burst(4)).allMatch(Optional::isEmpty);
        assertThat(refusals()).isEqualTo(2);
    }

    @Test
    void whatOneNodeLearnsOfAnOutageStopsTheOthersAndOneFindsOutWhetherItIsOver() throws Exception {
        startNodes(instance.accounts().integration().password());
        warmUp();
        SharedLimits one = shared("node-0");
        one.pause(
                ServiceNowFailure.notCalled(Reason.UNAVAILABLE, Duration.ZERO, "HTTP 503"),
                Duration.ofSeconds(30),
                clock.instant());
        clock.advance(Duration.ofSeconds(2));
        long before = instance.requests().total();

        assertThat(nodes).as("nothing is prepared on any node").noneMatch(ServiceNowGateway::open);
        assertThat(burst(4))
                .allMatch(failure -> failure.isPresent() && failure.get().reason() == Reason.UNAVAILABLE);
        assertThat(instance.requests().total()).isEqualTo(before);

        clock.advance(Duration.ofSeconds(30));
        assertThat(burst(1)).as("of three calls at once one tries").anyMatch(Optional::isEmpty);
        clock.advance(Duration.ofSeconds(2));
        assertThat(burst(4)).allMatch(Optional::isEmpty);
    }

    @Test
    void whoTriesAndDiesIsReplaced() {
        SharedLimits dies = shared("dies");
        SharedLimits lives = shared("lives");
        assertThat(dies.admit(true, clock.instant())).isEmpty();
        assertThat(lives.admit(true, clock.instant())).isPresent();

        clock.advance(Standing.LONGEST_TRY);

        assertThat(lives.admit(true, clock.instant())).isEmpty();
    }

    @Test
    void aFileIsNeverTheCallThatFindsOut() {
        assertThat(shared("node").admit(false, clock.instant())).isPresent();
    }

    @Test
    void threeNodesStayWithinTheHourTogetherAndTheReserveForCreatesIsLeft() throws Exception {
        int limit = 200;
        instance.rateRules().limitUser(instance.accounts().integration().name(), limit);
        startNodes(instance.accounts().integration().password());
        warmUp();

        for (int round = 0; round < 40; round++) {
            burst(4);
        }
        long reads = instance.requests().total();
        assertThat(reads).as("reads use at most nine tenths").isBetween((long) (limit * 0.8), (long) (limit * 0.9) + 1);

        for (int i = 0; i < 3 * limit; i++) {
            create(nodes.get(i % NODES));
        }

        assertThat(statuses(429)).as("calls over the limit").isZero();
        assertThat(instance.requests().total() - reads).as("creates after that").isGreaterThanOrEqualTo(5);
    }

    @Test
    void inTheSteadyStateACallCostsHardlyAnySql() throws Exception {
        startNodes(instance.accounts().integration().password());
        warmUp();
        statements.reset();

        for (int call = 0; call < 500; call++) {
            nodes.get(0).read(SYS_ID);
            clock.advance(Duration.ofMillis(100));
        }

        assertThat(statements.count())
                .as("statements for 500 calls in 50 seconds")
                .isLessThan(400);
    }

    private void startNodes(String password) {
        nodes.forEach(ServiceNowGateway::close);
        nodes.clear();
        for (int node = 0; node < NODES; node++) {
            InstanceSettings settings = settings(password);
            nodes.add(new ServiceNowGateway(
                    camel, settings, clock, () -> 0, new SqlSharedLimits(jdbi, settings, "node-" + node)));
        }
    }

    private InstanceSettings settings(String password) {
        String user = instance.accounts().integration().name();
        return InstanceSettings.of("main", instance.url(), new Credentials.Basic(user, password));
    }

    private SharedLimits shared(String node) {
        return new SqlSharedLimits(
                jdbi, settings(instance.accounts().integration().password()), node);
    }

    /** The first answer proves the login to all. */
    private void warmUp() throws Exception {
        burst(1);
        clock.advance(Duration.ofSeconds(2));
    }

    /** So many calls of each node at the same time, and what became of each. */
    private List<Optional<ServiceNowFailure>> burst(int each) throws Exception {
        List<Callable<Optional<ServiceNowFailure>>> calls = nodes.stream()
                .flatMap(node -> Stream.generate(() -> node).limit(each))
                .map(node -> (Callable<Optional<ServiceNowFailure>>) () -> failure(() -> node.read(SYS_ID)))
                .toList();
        List<Optional<ServiceNowFailure>> results = new ArrayList<>();
        for (Future<Optional<ServiceNowFailure>> done : callers.invokeAll(calls)) {
            results.add(done.get());
        }
        return results;
    }

    private static void create(ServiceNowGateway node) {
        failure(() -> node.create(Map.of("short_description", "x")));
    }

    private static Optional<ServiceNowFailure> failure(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (ServiceNowFailure failure) {
            return Optional.of(failure);
        }
    }

    private long refusals() {
        return statuses(401);
    }

    private long statuses(int status) {
        return instance.requests().where(request -> request.status() == status).stream()
                .map(RecordedRequest::sequence)
                .count();
    }

    private static final class CountedStatements implements SqlLogger {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void logAfterExecution(StatementContext context) {
            count.incrementAndGet();
        }

        int count() {
            return count.get();
        }

        void reset() {
            count.set(0);
        }
    }
}
