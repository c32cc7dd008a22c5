package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise under chaos: two nodes, a portal, a desk full of people, and everything that can go wrong, drawn from seeds.
 *
 * <p>Replay a seed with {@code -Dchaos.from=SEED -Dchaos.count=1}; run slices with other numbers, their lines add up. A
 * failing scenario is made as short as it can be before it is printed; {@code -Dchaos.only=3,17,20} plays those actions of
 * the seed only.
 */
class ChaosTest {

    private static final long FROM = Long.getLong("chaos.from", 1);
    private static final int COUNT = Integer.getInteger("chaos.count", 200);
    private static final String ONLY = System.getProperty("chaos.only", "");

    /** One seed is looked at closely. */
    static final boolean REPLAY = COUNT == 1;

    private static final int SHRUNK = Integer.getInteger("chaos.shrunk", 3);

    @TempDir
    Path directory;

    @Test
    void whateverGoesWrongThePromiseIsKept() {
        if (!REPLAY) {
            // What goes wrong is wanted here; a replay shows it.
            Configurator.setAllLevels("io.roombridge", Level.OFF);
        }
        ChaosTally tally = new ChaosTally();
        List<String> failures = new ArrayList<>();
        long began = ManagementFactory.getRuntimeMXBean().getUptime();
        try (ChaosStation station = new ChaosStation(directory)) {
            for (long seed = FROM; seed < FROM + COUNT; seed++) {
                List<ChaosAction> actions = actions(seed);
                List<String> verdict = run(station, seed, actions, tally);
                tally.count("scenarios");
                if (tally.of("scenarios") % 50 == 0) {
                    System.out.println("chaos: " + tally.of("scenarios") + " scenarios, processor " + processor());
                }
                if (!verdict.isEmpty()) {
                    failures.add(report(station, seed, actions, verdict, failures.size() < SHRUNK));
                    System.out.println(failures.get(failures.size() - 1));
                }
            }
        }
        Duration time = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime() - began);
        System.out.printf(
                "chaos seeds %d-%d: %d failures, %s, took %s, processor %s%n",
                FROM, FROM + COUNT - 1, failures.size(), tally, time, processor());
        assertThat(failures).isEmpty();
        assertThat(COUNT < 50 || tally.of("crashes") > COUNT / 4)
                .as("the scenarios do crash")
                .isTrue();
    }

    private static List<ChaosAction> actions(long seed) {
        List<ChaosAction> all = ChaosAction.draw(seed);
        List<String> only = List.of(ONLY.split(","));
        return ONLY.isEmpty()
                ? all
                : all.stream()
                        .filter(action -> only.contains(String.valueOf(action.number())))
                        .toList();
    }

    private static List<String> run(ChaosStation station, long seed, List<ChaosAction> actions, ChaosTally tally) {
        try (ChaosScenario scenario = new ChaosScenario(station, seed, tally)) {
            return scenario.run(actions);
        }
    }

    private static String report(
            ChaosStation station, long seed, List<ChaosAction> actions, List<String> verdict, boolean shrink) {
        List<ChaosAction> least = shrink ? shrunk(station, seed, actions) : actions;
        List<String> why = shrink ? run(station, seed, least, new ChaosTally()) : verdict;
        return "chaos: seed %d fails:%n  %s%n  replay: -Dchaos.from=%d -Dchaos.count=1%s%n  actions: %s"
                .formatted(
                        seed,
                        String.join("\n  ", why.isEmpty() ? verdict : why),
                        seed,
                        shrink ? " -Dchaos.only=" + numbers(least) : "",
                        least);
    }

    private static String numbers(List<ChaosAction> actions) {
        return String.join(
                ",",
                actions.stream().map(action -> String.valueOf(action.number())).toList());
    }

    /** Leaves out as many actions as it can, first in large pieces, so that the scenario still fails. */
    private static List<ChaosAction> shrunk(ChaosStation station, long seed, List<ChaosAction> actions) {
        List<ChaosAction> least = actions;
        for (int piece = actions.size() / 2; piece >= 1; piece /= 2) {
            for (int from = 0; from < least.size(); ) {
                List<ChaosAction> fewer = new ArrayList<>(least.subList(0, from));
                fewer.addAll(least.subList(Math.min(least.size(), from + piece), least.size()));
                if (run(station, seed, fewer, new ChaosTally()).isEmpty()) {
                    from += piece;
                } else {
                    least = fewer;
                }
            }
        }
        return least;
    }

    private static Duration processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }
}
