package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import io.roombridge.correlation.Database;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Faults;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the daemon begins and ends. {@code -Dstop.drain=PT15S} stops with the shipped patience; the build takes a shorter one.
 */
class StartAndStopTest {

    private static final Duration DRAIN = Duration.parse(System.getProperty("stop.drain", "PT2S"));

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();

    @Test
    void aSecondBridgeOnTheSameDataDirectoryIsRefused() throws IOException {
        Path config = settings("Endpoint=sb://x/", "https://example.service-now.com", List.of());
        DataDirectory held = DataDirectory.hold(data());

        assertThat(execute("run", "--config", config.toString())).isEqualTo(1);

        assertThat(out.toString())
                .startsWith("another bridge runs on the data directory " + data() + ": stop it first")
                .doesNotContain("\tat ");
        held.close();
        DataDirectory.hold(data()).close();
    }

    @Test
    void aStoreThatDoesNotAnswerIsNamedWithWhatToDo() throws IOException {
        Path config = settings(
                "Endpoint=sb://x/",
                "https://example.service-now.com",
                List.of(
                        "roombridge.store.url=jdbc:postgresql://127.0.0.1:1/roombridge",
                        "roombridge.store.password=hush",
                        "roombridge.store.user=bridge",
                        "roombridge.store.patience=PT0.1S"));

        assertThat(execute("run", "--config", config.toString())).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "the store jdbc:postgresql://127.0.0.1:1/roombridge cannot be opened as user bridge",
                        "check that the database runs",
                        "roombridge.store.url")
                .doesNotContain("hush", "\tat ");
        DataDirectory.hold(data()).close();
    }

    @Test
    void aSigtermEndsTheProcessWhileServiceNowHangs() throws Exception {
        try (EmbeddedServiceNow serviceNow = EmbeddedServiceNow.start(Setup.defaults());
                EmbeddedEventHubs hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                        .withHub("portal-events", 1, "roombridge")
                        .withHub("portal-commands", 1))) {
            Faults.Armed hanging =
                    serviceNow.faults().on(RequestMatcher.method("POST")).always(Fault.slow(Duration.ofSeconds(65)));
            var account = serviceNow.accounts().integration();
            Path config = settings(
                    hubs.connectionString("portal-events"),
                    serviceNow.url().toString(),
                    List.of(
                            "roombridge.instances.main.user=" + account.name(),
                            "roombridge.instances.main.password=" + account.password()));
            send(hubs, Files.readAllBytes(Path.of("mappings/example-event.json")));
            Process bridge = start(config);
            eventually(bridge, () -> hanging.met() == 1);
            assertThatThrownBy(() -> DataDirectory.hold(data())).isInstanceOf(CannotStart.class);

            long told = System.nanoTime();
            bridge.destroy();

            assertThat(bridge.waitFor(60, TimeUnit.SECONDS)).as(log()).isTrue();
            System.out.printf(
                    "stop: ended %.1f s after SIGTERM, %s of them for what was under way%n",
                    (System.nanoTime() - told) / 1e9, DRAIN);
            assertThat(bridge.exitValue())
                    .as("ended by its own hook, not killed")
                    .isEqualTo(143);
            assertThat(log()).contains("an attempt did not end in time").doesNotContain("closing failed");
        }
        leftToItsIntent();
    }

    /** The call that was under way has an intent without a result, and its event has neither outcome nor checkpoint. */
    private void leftToItsIntent() throws IOException {
        try (DataDirectory held = DataDirectory.hold(data());
                Database database = Database.open(Database.fileIn(data()), "sa", "")) {
            Jdbi jdbi = Jdbi.create(database.dataSource());
            assertThat(count(jdbi, "intent where result is null")).isEqualTo(1);
            assertThat(count(jdbi, "change_outcome")).isZero();
            assertThat(count(jdbi, "hub_checkpoint")).isZero();
            assertThat(held).isNotNull();
        }
    }

    private static int count(Jdbi jdbi, String rows) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + rows)
                .mapTo(Integer.class)
                .one());
    }

    private static void send(EmbeddedEventHubs hubs, byte[] event) {
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(List.of(new EventData(event)));
        }
    }

    private Process start(Path config) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "@src/main/jvm/modules.args",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "run",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void eventually(Process bridge, BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> {
            assertThat(bridge.isAlive()).as(this::log).isTrue();
            return condition.getAsBoolean();
        });
    }

    private Path data() {
        return directory.resolve("data").toAbsolutePath();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private Path settings(String hub, String serviceNow, List<String> more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "roombridge.mode=live",
                "roombridge.data-dir=" + data(),
                "roombridge.hub.connection-string=" + hub,
                "roombridge.hub.drain=" + DRAIN,
                "roombridge.management.port=0",
                "roombridge.instances.main.url=" + serviceNow,
                "roombridge.instances.main.auth=basic",
                "roombridge.instances.main.user=roombridge",
                "roombridge.instances.main.password=s3cret"));
        more.forEach(line -> {
            lines.removeIf(known -> known.startsWith(line.substring(0, line.indexOf('=') + 1)));
            lines.add(line);
        });
        return Files.write(directory.resolve("roombridge.properties"), lines);
    }

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }
}
