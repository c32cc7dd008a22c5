package io.roombridge.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes under a steady stream, of which one after the other is killed by SIGKILL and started again. In the end the
 * sandbox is asked, which knows nothing of the bridge: nothing is lost, nothing stands twice, the order is kept, and
 * nothing has come back to where it was said.
 *
 * <p>The long run has the speed of production: {@code -Dcluster.kills=50 -Dcluster.machine-speed=1}. Here the machine's
 * clock runs faster, so that a write without an answer need not be waited for 75 seconds. Replay: {@code -Dcluster.seed=N}.
 */
class ClusterSurvivesKillsTest {

    private static final int NODES = 3;
    private static final int KILLS = Integer.getInteger("cluster.kills", 2);
    private static final long SEED = Long.getLong("cluster.seed", 1);
    private static final double MACHINE_SPEED = Double.parseDouble(System.getProperty("cluster.machine-speed", "5"));
    private static final Duration PACE = Duration.ofMillis(Long.getLong("cluster.pace", 100));

    /** As an administrator would leave them, except for what makes the stream faster than the world. */
    private static final Map<String, String> SETTINGS = Map.of(
            "recovery.sweep", "PT1S",
            "recovery.hold-down", "PT1S",
            "poll.interval", "PT2S",
            "files.interval", "PT2S");

    /** As long as an instance takes to answer a write; a kill falls into it, after the write and before it is recorded. */
    private static final Duration ANSWER = Duration.ofMillis(Long.getLong("cluster.answer", 400));

    /** For the short run: a dead node is missed sooner. */
    private static final Map<String, String> SHORT = Map.of(
            "hub.load-balancing-interval", "PT1S",
            "hub.ownership-expiry", "PT5S",
            "cluster.lease", "PT3S");

    @TempDir
    Path directory;

    private final Clock clock = Clock.systemUTC();
    private final Random random = new Random(SEED);
    private Sandbox sandbox;
    private ClusterProcesses cluster;

    @Test
    void nothingIsLostDoubledOrTurnedRoundWhileNodesAreKilled() throws Exception {
        sandbox = Sandbox.start(directory.resolve("sandbox"), new Sandbox.Ports(0, 0, 0), clock, SEED);
        try (Sandbox served = sandbox;
                ClusterProcesses processes = new ClusterProcesses(
                        directory.resolve("nodes"), served, NODES, settings(), MACHINE_SPEED, clock.instant());
                SteadyStream stream = new SteadyStream(served, SEED, clock)) {
            cluster = processes;
            served.serviceNow().faults().on(RequestMatcher.writes()).always(Fault.slow(ANSWER));
            for (int node = 0; node < NODES; node++) {
                cluster.start(node);
            }
            await(Duration.ofMinutes(3), () -> IntStream.range(0, NODES).allMatch(cluster::running));
            stream.start(PACE);
            Instant began = clock.instant();
            for (int kill = 0; kill < KILLS; kill++) {
                killOne();
            }
            stream.end();
            Instant killed = clock.instant();
            awaitEqual(stream);
            String report =
                    "%d kills, seed %d: %d things happened in %s; equal %s later; the longest pause of a change was %s"
                            .formatted(
                                    KILLS,
                                    SEED,
                                    stream.said(),
                                    Duration.between(began, killed),
                                    Duration.between(killed, clock.instant()),
                                    longestPause(stream));
            Files.writeString(Path.of("target", "cluster-kills-" + KILLS + ".txt"), report + "\n");
            System.out.println(report);
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        if (MACHINE_SPEED != 1) {
            settings.putAll(SHORT);
        }
        return settings;
    }

    /** In the middle of its work, which is why the moment is counted in requests. */
    private void killOne() throws Exception {
        long target = sandbox.serviceNow().requests().total() + 10 + random.nextInt(40);
        await(Duration.ofMinutes(3), () -> sandbox.serviceNow().requests().total() >= target);
        int victim = random.nextInt(NODES);
        cluster.kill(victim);
        cluster.start(victim);
        await(Duration.ofMinutes(3), () -> cluster.running(victim));
    }

    /** Every write is settled and every command performed; then what stands there has to be right at once. */
    private void awaitEqual(SteadyStream stream) {
        try {
            await(Duration.ofMinutes(6), () -> faults(stream).isEmpty() && nothingWaits());
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + ": " + faults(stream), late);
        }
        long looks = sandbox.serviceNow().requests().total();
        // A word too many would come with the next looks.
        await(Duration.ofMinutes(2), () -> sandbox.serviceNow().requests().total() >= looks + 3);
        await(Duration.ofMinutes(2), this::nothingWaits);
        assertThat(faults(stream)).as("seed " + SEED).isEmpty();
        assertThat(rows("select count(*) from dead_letter")).as("dead letters").isZero();
    }

    private boolean nothingWaits() {
        return sandbox.portal().idle()
                && rows("select count(*) from intent where result is null") == 0
                && rows("select count(*) from portal_command where sent_at is null") == 0;
    }

    private List<String> faults(SteadyStream stream) {
        List<String> faults = new ArrayList<>();
        for (String ticket : stream.conversations()) {
            if (oneIncident(ticket, faults)) {
                sides(ticket).faults().forEach(fault -> faults.add(ticket + ": " + fault));
            }
        }
        stream.signals().forEach((ticket, unhealthy) -> {
            if (oneIncident(ticket, faults)) {
                String state = incidents(ticket).get(0).state();
                if (unhealthy == state.equals("6")) {
                    faults.add(ticket + ": unhealthy is " + unhealthy + ", and the incident's state " + state);
                }
            }
        });
        return faults;
    }

    private boolean oneIncident(String ticket, List<String> faults) {
        int count = incidents(ticket).size();
        if (count != 1) {
            faults.add(ticket + ": " + count + " incidents");
        }
        return count == 1;
    }

    private List<Incident> incidents(String ticket) {
        return sandbox.serviceNow().desk().correlatedTo(sandbox.portal().correlationId(ticket));
    }

    private BothSides sides(String ticket) {
        return new TwoWaySides(sandbox, ticket, Map.of()).read(List.of());
    }

    private Duration longestPause(SteadyStream stream) {
        return stream.conversations().stream()
                .flatMap(ticket -> sides(ticket).rows().stream())
                .filter(row -> row.portal() != null && row.desk() != null)
                .map(row -> Duration.between(row.portal().at(), row.desk().at()).abs())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private long rows(String count) {
        try (Connection connection = cluster.store().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(count)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(Duration longest, BooleanSupplier condition) {
        try {
            Awaitility.await().atMost(longest).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("seed " + SEED + ": not within " + longest + diagnosis(), late);
        }
    }

    private String diagnosis() {
        return "; open intents " + rows("select count(*) from intent where result is null") + ", unsent commands "
                + rows("select count(*) from portal_command where sent_at is null") + ", dead letters "
                + rows("select count(*) from dead_letter");
    }
}
