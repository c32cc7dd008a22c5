package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    private BridgeProcess bridge;

    @BeforeEach
    void inItsDirectory() {
        bridge = new BridgeProcess(directory);
    }

    @AfterEach
    void end() throws InterruptedException {
        bridge.close();
    }

    @Test
    void aSecondBridgeOnTheSameDataDirectoryIsRefused() throws IOException {
        Path config = settings("Endpoint=sb://x/", "https://example.service-now.com", List.of());
        DataDirectory held = DataDirectory.hold(bridge.data());

        assertThat(execute("run", "--config", config.toString())).isEqualTo(1);

        assertThat(out.toString())
                .startsWith("another bridge runs on the data directory " + bridge.data() + ": stop it first")
                .doesNotContain("\tat ");
        held.close();
        DataDirectory.hold(bridge.data()).close();
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
        DataDirectory.hold(bridge.data()).close();
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
            settings(
                    hubs.connectionString("portal-events"),
                    serviceNow.url().toString(),
                    List.of(
                            "roombridge.instances.main.user=" + account.name(),
                            "roombridge.instances.main.password=" + account.password()));
            send(hubs, Files.readAllBytes(Path.of("mappings/example-event.json")));
            bridge.start();
            bridge.eventually(Duration.ofSeconds(120), () -> hanging.met() == 1);
            assertThatThrownBy(() -> DataDirectory.hold(bridge.data())).isInstanceOf(CannotStart.class);

            long told = System.nanoTime();
            int exit = bridge.stop();

            System.out.printf(
                    "stop: ended %.1f s after SIGTERM, %s of them for what was under way%n",
                    (System.nanoTime() - told) / 1e9, DRAIN);
            assertThat(exit).as("ended by its own hook, not killed").isEqualTo(143);
            assertThat(bridge.log()).contains("an attempt did not end in time").doesNotContain("closing failed");
        }
        leftToItsIntent();
    }

    /** The call that was under way has an intent without a result, and its event has neither outcome nor checkpoint. */
    private void leftToItsIntent() throws IOException {
        try (DataDirectory held = DataDirectory.hold(bridge.data())) {
            assertThat(bridge.count("intent where result is null")).isEqualTo(1);
            assertThat(bridge.count("change_outcome")).isZero();
            assertThat(bridge.count("hub_checkpoint")).isZero();
            assertThat(held).isNotNull();
        }
    }

    private static void send(EmbeddedEventHubs hubs, byte[] event) {
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(List.of(new EventData(event)));
        }
    }

    private Path settings(String hub, String serviceNow, List<String> more) throws IOException {
        List<String> lines = new ArrayList<>(List.of("roombridge.hub.drain=" + DRAIN));
        lines.addAll(more);
        return bridge.settings(hub, serviceNow, lines);
    }

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }
}
