package io.roombridge.eventhubs;

import static io.roombridge.eventhubs.ReadingBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.eventhubs.Conditions;
import io.roombridge.sandbox.eventhubs.Faults;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How long the bridge is deaf after a fault of the hub. Prints the figures and judges none: a busy machine is slow.
 * {@code -Dhub.rounds=5} takes the shipped settings, every fault, and more rounds; a build looks at one.
 */
class RecoveryTest {

    private static final int ROUNDS = Integer.getInteger("hub.rounds", 0);

    private final ReadingBench bench = new ReadingBench(1);
    private final MemoryCheckpointStore store = new MemoryCheckpointStore();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whateverBecomesOfALinkReadingGoesOnByItself() throws Exception {
        bench.read(ROUNDS == 0 ? ReadingBench.quick() : ReadingSettings.DEFAULTS, store);
        bench.send("a-before");
        eventually().until(() -> bench.desk.done().contains("a-before"));

        for (int round = 1; round <= Math.max(1, ROUNDS); round++) {
            for (Map.Entry<String, Consumer<Faults>> fault : faults().entrySet()) {
                recovered(fault.getKey(), fault.getValue(), "a-" + fault.getKey() + "-" + round);
            }
        }

        assertThat(new HashSet<>(bench.desk.done())).hasSize(1 + faults().size() * Math.max(1, ROUNDS));
    }

    private void recovered(String name, Consumer<Faults> fault, String event) {
        fault.accept(bench.hubs.faults());
        long begin = System.nanoTime();
        // The SDK gives a send up for good that meets the end of its own connection; a sender has to repeat it.
        eventually().ignoreExceptions().until(() -> {
            bench.send(event);
            return true;
        });
        eventually().until(() -> bench.desk.done().contains(event));
        System.out.printf("hub: deaf for %.1f s after %s%n", (System.nanoTime() - begin) / 1e9, name);
    }

    private static Map<String, Consumer<Faults>> faults() {
        Consumer<Faults> detached = faults -> faults.detachConsumers(Conditions.LINK_DETACH_FORCED);
        return ROUNDS == 0
                ? Map.of("detached link", detached)
                : new TreeMap<>(Map.of(
                        "detached link",
                        detached,
                        "stolen link",
                        faults -> faults.stealPartition(ReadingBench.HUB, "0"),
                        "dropped connection",
                        Faults::dropConnections));
    }
}
