package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.eventhubs.Conditions;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import io.roombridge.sandbox.eventhubs.StoredEvent;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hubs are not there when the daemon starts, and refuse its first sends when they are. */
@Tag("length")
class HubAbsentTest {

    @TempDir
    Path directory;

    @Test
    void theDaemonStartsReadsWhenTheHubIsThereAndTellsWhatWasRefusedOnce() throws Exception {
        int port;
        String connectionString;
        try (EmbeddedEventHubs earlier = EmbeddedEventHubs.start(hubs(0))) {
            port = earlier.port();
            connectionString = earlier.connectionString("portal-events");
        }
        try (EmbeddedServiceNow serviceNow =
                        EmbeddedServiceNow.start(io.roombridge.sandbox.servicenow.Setup.defaults());
                Bridge bridge =
                        Bridge.start(settings(connectionString, serviceNow), Clock.systemUTC(), Clock.systemUTC())) {
            assertThat(bridge.reading()).as("not ready: nothing is read").isEmpty();

            long there = System.nanoTime();
            try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(hubs(port))) {
                hubs.faults().rejectNextSends(3, Conditions.SERVER_BUSY);
                eventually().until(() -> bridge.reading().size() == 2);
                System.out.printf("hub: read %.1f s after it was there%n", (System.nanoTime() - there) / 1e9);
                eventually().ignoreExceptions().until(() -> send(hubs));

                eventually().until(() -> serviceNow.desk().incidents().size() == 1);
                eventually().until(() -> hubs.total("portal-commands") > 0);
                eventually().until(() -> bridge.store().nextAppointment().isEmpty());
                assertThat(hubs.events("portal-commands").stream().map(StoredEvent::bodyAsString))
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static boolean send(EmbeddedEventHubs hubs) throws Exception {
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(List.of(new EventData(Files.readAllBytes(Path.of("mappings/example-event.json")))));
            return true;
        }
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(50));
    }

    private static Setup hubs(int port) {
        return Setup.ofHubs()
                .withHub("portal-events", 2, "roombridge")
                .withHub("portal-commands", 1)
                .withPort(port);
    }

    private Settings settings(String hub, EmbeddedServiceNow serviceNow) {
        var account = serviceNow.accounts().integration();
        Map<String, String> given = new HashMap<>(Map.of(
                "roombridge.mode",
                "live",
                "roombridge.data-dir",
                directory.toString(),
                "roombridge.hub.connection-string",
                hub,
                "roombridge.hub.load-balancing-interval",
                "PT1S",
                "roombridge.hub.ownership-expiry",
                "PT5S",
                "roombridge.poll.interval",
                "PT1S",
                "roombridge.instances.main.url",
                serviceNow.url().toString(),
                "roombridge.instances.main.auth",
                "basic",
                "roombridge.instances.main.user",
                account.name(),
                "roombridge.instances.main.password",
                account.password()));
        given.put("roombridge.management.port", "0");
        return SettingsFile.read(directory.resolve("no-file"), Map.of(), given);
    }
}
