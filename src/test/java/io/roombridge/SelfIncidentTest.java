package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.Setup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running bridge whose hub is silent says so in ServiceNow, by the schedule of its own. */
@Tag("length")
class SelfIncidentTest {

    @TempDir
    Path directory;

    @Test
    void aSilentHubStandsInOneIncident() {
        try (EmbeddedServiceNow serviceNow = EmbeddedServiceNow.start(Setup.defaults());
                EmbeddedEventHubs hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                        .withHub("portal-events", 1, "roombridge")
                        .withHub("portal-commands", 1));
                Bridge bridge = Bridge.start(settings(serviceNow, hubs), Clock.systemUTC(), Clock.systemUTC())) {
            assertThat(bridge).isNotNull();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> !told(serviceNow).isEmpty());

            assertThat(told(serviceNow))
                    .singleElement()
                    .satisfies(incident -> assertThat(incident.field("description"))
                            .contains("The hub of the portal has delivered nothing since"));
        }
    }

    private static List<Incident> told(EmbeddedServiceNow serviceNow) {
        return serviceNow.desk().correlatedTo("roombridge-self-roombridge");
    }

    private Settings settings(EmbeddedServiceNow serviceNow, EmbeddedEventHubs hubs) {
        var account = serviceNow.accounts().integration();
        Map<String, String> given = new HashMap<>(Map.of(
                "roombridge.mode", "live",
                "roombridge.data-dir", directory.resolve("data").toString(),
                "roombridge.hub.connection-string", hubs.connectionString("portal-events"),
                "roombridge.instances.main.url", serviceNow.url().toString(),
                "roombridge.instances.main.auth", "basic",
                "roombridge.instances.main.user", account.name(),
                "roombridge.instances.main.password", account.password(),
                "roombridge.watch.group", serviceNow.accounts().groups().get(0),
                "roombridge.watch.interval", "PT1S",
                "roombridge.management.port", "0"));
        given.put("roombridge.watch.hub-silent", "PT1S");
        return SettingsFile.read(directory.resolve("no-file"), Map.of(), given);
    }
}
