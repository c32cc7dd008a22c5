package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;

/** A bridge in a process of its own, as it is installed: its settings, its data directory, its log. */
final class BridgeProcess implements AutoCloseable {

    private final Path directory;
    private volatile Process process;

    BridgeProcess(Path directory) {
        this.directory = directory;
    }

    Path data() {
        return directory.resolve("data").toAbsolutePath();
    }

    /** Writes the settings; of two lines with the same key the later one counts. */
    Path settings(String hub, String serviceNow, List<String> more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "roombridge.mode=live",
                "roombridge.data-dir=" + data(),
                "roombridge.hub.connection-string=" + hub,
                "roombridge.management.port=0",
                "roombridge.instances.main.url=" + serviceNow,
                "roombridge.instances.main.auth=basic",
                "roombridge.instances.main.user=roombridge",
                "roombridge.instances.main.password=s3cret"));
        more.forEach(line -> {
            lines.removeIf(known -> known.startsWith(line.substring(0, line.indexOf('=') + 1)));
            lines.add(line);
        });
        return Files.write(config(), lines);
    }

    private Path config() {
        return directory.resolve("roombridge.properties");
    }

    /** {@code run} with the settings that were written; again after an end, on the same data. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "@src/main/jvm/modules.args",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "run",
                        "--config",
                        config().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and its end; returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(log()).isTrue();
        return process.exitValue();
    }

    /** Waits for a condition that a living bridge brings about. */
    void eventually(Duration atMost, Callable<Boolean> condition) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(process.isAlive()).as(this::log).isTrue();
            return condition.call();
        });
    }

    /** How many rows there are, in the store of a bridge that has ended. */
    long count(String rows) {
        try (Database database = Database.open(Database.fileIn(data()), "sa", "")) {
            return Jdbi.create(database.dataSource())
                    .withHandle(handle -> handle.createQuery("select count(*) from " + rows)
                            .mapTo(Long.class)
                            .one());
        }
    }

    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
