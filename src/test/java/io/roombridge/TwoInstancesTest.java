package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import io.roombridge.config.SettingsFile;
import io.roombridge.portal.EventExamples;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.RecordedRequest;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tenants with an instance each, on one partition of one hub: what befalls one does not hold up the other. */
@Tag("length")
class TwoInstancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int WINDOW = 8;

    /** Far more of them than the window holds. */
    private static final int OF_BROKEN = 2 * WINDOW;

    private static final int OF_SOUND = 4;

    @TempDir
    private Path directory;

    private EmbeddedServiceNow sound;
    private EmbeddedServiceNow broken;
    private EmbeddedEventHubs hubs;
    private Path config;

    @BeforeEach
    void twoInstances() throws IOException {
        sound = EmbeddedServiceNow.start(Setup.defaults().withSeed(1));
        broken = EmbeddedServiceNow.start(Setup.defaults().withSeed(2));
        hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                .withHub("portal-events", 1, "roombridge")
                .withHub("portal-commands", 1));
        List<String> lines = new ArrayList<>(List.of(
                "roombridge.mode=live",
                "roombridge.data-dir=" + directory.resolve("data"),
                "roombridge.hub.connection-string=" + hubs.connectionString("portal-events"),
                "roombridge.hub.drain=PT1S",
                "roombridge.hub.window=" + WINDOW,
                "roombridge.recovery.sweep=PT1S",
                "roombridge.retry.longest=PT2S",
                "roombridge.poll.interval=PT1S",
                "roombridge.management.port=0",
                "roombridge.mappings.folder=" + directory.resolve("mappings")));
        lines.addAll(instance("sound", "contoso", sound));
        lines.addAll(instance("broken", "fabrikam", broken));
        config = Files.write(directory.resolve("roombridge.properties"), lines);
        Files.createDirectories(directory.resolve("mappings"));
    }

    private static List<String> instance(String name, String tenant, EmbeddedServiceNow instance) {
        String prefix = "roombridge.instances." + name + ".";
        return List.of(
                prefix + "url=" + instance.url(),
                prefix + "tenants=" + tenant,
                prefix + "auth=basic",
                prefix + "user=" + instance.accounts().integration().name(),
                prefix + "password=" + instance.accounts().integration().password());
    }

    @AfterEach
    void stop() {
        hubs.close();
        sound.close();
        broken.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unauthorized", "unavailable", "forbidden"})
    void anInstanceThatRefusesEverythingDoesNotHoldUpTheOther(String fault) throws IOException {
        broken.faults().on(RequestMatcher.anything()).always(fault(fault));
        try (Bridge bridge = start()) {
            send(rooms("fabrikam", OF_BROKEN), rooms("contoso", OF_SOUND));
            await().atMost(PATIENCE).until(() -> incidents(sound).size() == OF_SOUND);
            assertThat(bridge.outcomes().counts()).isNotEmpty();
        }
        assertThat(incidents(broken)).isEmpty();
        assertThat(users(sound)).containsOnly(sound.accounts().integration().name());
    }

    private static Fault fault(String name) {
        return switch (name) {
            case "unauthorized" -> Fault.unauthorized();
            case "forbidden" -> Fault.forbidden("Forbidden", "Access denied");
            default -> Fault.hibernating();
        };
    }

    /** One unfinished event would do: no hold-down ends while the hub is not known to be read. */
    @Test
    void recoveriesOfTheOtherGoOnWhileOneEventWaits() throws IOException {
        broken.faults().on(RequestMatcher.anything()).always(Fault.hibernating());
        Files.writeString(config, "\nroombridge.recovery.hold-down=PT1S\n", StandardOpenOption.APPEND);
        try (Bridge bridge = start()) {
            send(rooms("fabrikam", 1), rooms("contoso", 1));
            await().atMost(PATIENCE).until(() -> incidents(sound).size() == 1);
            send(events("ticket.resolved", "contoso", 1));
            await().atMost(PATIENCE)
                    .until(() -> incidents(sound).get(0).field("state").equals("6"));
            assertThat(bridge.outcomes().counts()).containsKey("parked(instance-away)");
        }
    }

    @Test
    void whatWasParkedIsAppliedInOrderAndOnceWhenTheInstanceIsBack() throws IOException {
        broken.faults().on(RequestMatcher.writes()).always(Fault.rateLimited(Duration.ofSeconds(1)));
        try (Bridge bridge = start()) {
            send(rooms("fabrikam", OF_BROKEN), messages("fabrikam", OF_BROKEN), rooms("contoso", OF_SOUND));
            await().atMost(PATIENCE).until(() -> incidents(sound).size() == OF_SOUND);
            assertThat(bridge.outcomes().counts())
                    .as("beyond its half of the window")
                    .containsKey("parked(instance-away)");

            broken.faults().clear();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(comments()).isEqualTo(OF_BROKEN));
            await().atMost(PATIENCE)
                    .until(() -> bridge.reading().stream().allMatch(partition -> partition.unfinished() == 0));
        }
        assertThat(incidents(broken))
                .hasSize(OF_BROKEN)
                .extracting(incident -> incident.field("correlation_id"))
                .doesNotHaveDuplicates();
        assertThat(comments()).as("each message once").isEqualTo(OF_BROKEN);
        assertThat(users(broken)).containsOnly(broken.accounts().integration().name());
    }

    private Bridge start() throws IOException {
        return Bridge.start(SettingsFile.read(config, Map.of(), Map.of()), Clock.systemUTC(), Clock.systemUTC());
    }

    private static List<Incident> incidents(EmbeddedServiceNow instance) {
        return instance.desk().incidents().stream()
                .filter(incident -> incident.field("correlation_id").startsWith("rb-"))
                .toList();
    }

    private long comments() {
        return incidents(broken).stream()
                .flatMap(incident -> broken.desk().journal(incident.sysId()).stream())
                .filter(entry -> entry.element().equals("comments"))
                .count();
    }

    private static List<String> users(EmbeddedServiceNow instance) {
        return instance.requests().all().stream()
                .map(RecordedRequest::user)
                .distinct()
                .toList();
    }

    private static List<String> rooms(String tenant, int count) {
        return events("ticket.opened", tenant, count);
    }

    private static List<String> messages(String tenant, int count) {
        return events("ticket.message-added", tenant, count);
    }

    private static List<String> events(String name, String tenant, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> EventExamples.event(name)
                        .replace("contoso", tenant)
                        .replace("room-12", "room-" + i)
                        .replace("7B7365-EPDOLF", "T-" + i)
                        .replace("01JWN", name + i))
                .toList();
    }

    @SafeVarargs
    private void send(List<String>... events) {
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            for (List<String> some : events) {
                producer.send(some.stream().map(EventData::new).toList());
            }
        }
    }
}
