package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has docs/mapping.md and nothing else changes what a ticket looks like, and where it goes. */
class MappingWalkThroughTest {

    private static final Pattern BLOCK = Pattern.compile("^```\\w+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COMMAND =
            Pattern.compile("^    java -jar target/roombridge.jar (.*)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private EmbeddedServiceNow serviceNow;
    private EmbeddedEventHubs hubs;
    private Path config;
    private Path mappings;

    @BeforeEach
    void anInstallation() throws IOException {
        serviceNow = EmbeddedServiceNow.start(Setup.defaults());
        hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                .withHub("portal-events", 1, "roombridge")
                .withHub("portal-commands", 1));
        mappings = Files.createDirectory(directory.resolve("mappings"));
        try (Stream<Path> shipped = Files.list(Path.of("mappings"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, mappings.resolve(file.getFileName()));
            }
        }
        var account = serviceNow.accounts().integration();
        config = Files.write(
                directory.resolve("roombridge.properties"),
                List.of(
                        "roombridge.mode=live",
                        "roombridge.data-dir=" + directory.resolve("data"),
                        "roombridge.hub.connection-string=" + hubs.connectionString("portal-events"),
                        "roombridge.hub.drain=PT2S",
                        "roombridge.management.port=0",
                        "roombridge.mappings.folder=" + mappings,
                        // Whoever follows the page takes the files by hand.
                        "roombridge.mappings.interval=PT1H",
                        "roombridge.instances.main.url=" + serviceNow.url(),
                        "roombridge.instances.main.auth=basic",
                        "roombridge.instances.main.user=" + account.name(),
                        "roombridge.instances.main.password=" + account.password()));
    }

    @AfterEach
    void stop() {
        hubs.close();
        serviceNow.close();
    }

    @Test
    void aMandatoryFieldAndARuleAreAddedTestedSeenAndLiveWithoutARestart() throws IOException {
        try (Bridge bridge =
                Bridge.start(SettingsFile.read(config, Map.of(), Map.of()), Clock.systemUTC(), Clock.systemUTC())) {
            send("room-11", "Berlin HQ");
            send("room-12", "Madrid Centro");
            await().atMost(Duration.ofSeconds(60)).until(() -> recorded(bridge) == 2);
            serviceNow.switches().mandatoryOnInsert().add("business_impact");
            send("room-13", "Madrid Centro");
            await().atMost(Duration.ofSeconds(60)).until(() -> run("dead list").contains("refused-by-policy"));

            changeTheFiles(blocks());
            List<String> told = new ArrayList<>();
            for (String command : commands()) {
                told.add(run(command));
            }

            assertThat(told.get(0)).contains(" passed, 0 failed");
            assertThat(told.get(1))
                    .contains("    + One room", "    - AV Field Services", "    + Facilities", "changed: 3; lost: 0");
            assertThat(told.get(2)).contains("in force: version ").doesNotContain("refused");
            await().atMost(Duration.ofSeconds(60)).until(() -> incidents().size() == 3);
            Incident mended = incidents().get(2);
            assertThat(mended.field("business_impact")).isEqualTo("One room");
            assertThat(mended.field("assignment_group"))
                    .isNotEmpty()
                    .isNotEqualTo(incidents().get(1).field("assignment_group"));
        }
    }

    private void changeTheFiles(List<String> blocks) throws IOException {
        insert("incident-create.jslt", "  \"urgency\": .priority.urgency,\n", blocks.get(0));
        insert("routing.yaml", "  rules:\n", blocks.get(1));
        Files.writeString(mappings.resolve("own.test.yaml"), blocks.get(2));
    }

    private void insert(String file, String below, String lines) throws IOException {
        String text = Files.readString(mappings.resolve(file));
        int at = text.indexOf(below) + below.length();
        Files.writeString(mappings.resolve(file), text.substring(0, at) + lines + text.substring(at));
    }

    /** How many incidents are there, and their tickets know them. */
    private long recorded(Bridge bridge) {
        return incidents().stream()
                .filter(incident ->
                        bridge.store().byIncident("main", incident.sysId()).isPresent())
                .count();
    }

    private List<Incident> incidents() {
        return serviceNow.desk().incidents();
    }

    private void send(String room, String building) throws IOException {
        String event = Files.readString(Path.of("mappings/example-event.json"))
                .replace("room-12", room)
                .replace("Berlin HQ", building)
                .replace("7B7365-EPDOLF", room)
                .replace("01JX0000000000000000000001", room);
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(List.of(new EventData(event)));
        }
    }

    /** @return what it prints */
    private String run(String command) {
        out.getBuffer().setLength(0);
        List<String> words = new ArrayList<>(WORD.matcher(command)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList());
        words.addAll(
                command.equals("mapping test")
                        ? List.of("--folder", mappings.toString())
                        : List.of("--config", config.toString()));
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(words.toArray(String[]::new));
        assertThat(code).as(() -> command + "\n" + out).isZero();
        return out.toString();
    }

    private static List<String> blocks() throws IOException {
        return all(BLOCK);
    }

    private static List<String> commands() throws IOException {
        return all(COMMAND);
    }

    private static List<String> all(Pattern pattern) throws IOException {
        String page = Files.readString(Path.of("docs/mapping.md"));
        String section =
                page.substring(page.indexOf("\n## A change from beginning to end"), page.indexOf("\n## Examples"));
        return pattern.matcher(section)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
