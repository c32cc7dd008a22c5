package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.SandboxClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * One node of a cluster in a process of its own: what {@code run} does, until it is killed. Arguments: settings file; a file
 * to be made when it runs; how fast its machine's clock runs, and since when.
 */
public final class ClusterNode {

    private ClusterNode() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = SettingsFile.read(Path.of(arguments[0]), Map.of(), Map.of());
        Clock world = Clock.systemUTC();
        Bridge.start(settings, world, machine(world, Double.parseDouble(arguments[2]), Instant.parse(arguments[3])));
        Files.writeString(Path.of(arguments[1]), "running");
        new CountDownLatch(1).await();
    }

    /** The same on all nodes: an open intent of a dead one is as old for the others. */
    private static Clock machine(Clock world, double speed, Instant since) {
        if (speed == 1) {
            return world;
        }
        Duration real = Duration.between(since, world.instant());
        return SandboxClock.running(since.plusNanos((long) (real.toNanos() * speed)), speed);
    }
}
