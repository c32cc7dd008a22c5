package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.ops.MetricsPage;
import io.roombridge.ops.Scrape;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One bridge on its worst day, seen from outside: each test takes another peer away, and the probes tell which. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ObservedBridgeTest {

    /**
     * What does not happen here is checked where it does: BooksBalanceTest, RecordsOfTheDeskTest, FirstResponseTest,
     * ClosingAftermathTest, PlantedDataTest.
     */
    private static final Set<String> RARE = Set.of(
            "roombridge_replays_total",
            "roombridge_references_missed_total",
            "roombridge_withheld_total",
            "roombridge_first_response_seconds",
            "roombridge_first_response_late_total",
            "roombridge_first_response_overdue",
            "roombridge_closing_braked",
            "roombridge_hooks_requests_total");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private Server database;
    private EmbeddedServiceNow serviceNow;
    private EmbeddedEventHubs hubs;
    private int hubPort;
    private Bridge bridge;
    private URI management;

    @BeforeAll
    void start() throws Exception {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        serviceNow = EmbeddedServiceNow.start(io.roombridge.sandbox.servicenow.Setup.defaults());
        String connectionString;
        try (EmbeddedEventHubs earlier = EmbeddedEventHubs.start(hubs(0))) {
            hubPort = earlier.port();
            connectionString = earlier.connectionString("portal-events");
        }
        bridge = Bridge.start(settings(connectionString), Clock.systemUTC(), Clock.systemUTC());
        management = URI.create(new ObjectMapper()
                .readTree(Files.readString(directory.resolve("data/management.json")))
                .path("url")
                .asText());
    }

    @AfterAll
    void stop() {
        bridge.close();
        if (hubs != null) {
            hubs.close();
        }
        serviceNow.close();
        database.stop();
    }

    @Test
    @Order(1)
    void withoutTheHubTheBridgeLivesAndIsNotReady() throws Exception {
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(503);
        assertThat(causes())
                .containsOnlyKeys("hub")
                .hasEntrySatisfying("hub", cause -> assertThat(cause).startsWith("no partition is read"));
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void withAllItsPeersItIsReadyUnderEveryPath() {
        hubs = EmbeddedEventHubs.start(hubs(hubPort));
        eventually().until(() -> causes().isEmpty());

        assertThat(List.of(
                        "/observe/health",
                        "/observe/health/ready",
                        "/health",
                        "/ready",
                        "/live",
                        "/observe/health/live"))
                .allSatisfy(path -> {
                    HttpResponse<String> answer = get(path);
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(new ObjectMapper()
                                    .readTree(answer.body())
                                    .path("status")
                                    .asText())
                            .isEqualTo("UP");
                });
    }

    @Test
    @Order(3)
    void whatIsExposedIsWhatThePageSays() throws Exception {
        serviceNow.faults().on(RequestMatcher.method("POST")).next(1, Fault.queueFull());
        eventually().ignoreExceptions().until(() -> send(Files.readAllBytes(Path.of("mappings/example-event.json"))));
        eventually().ignoreExceptions().until(() -> send("no event".getBytes(StandardCharsets.UTF_8)));
        eventually().until(() -> serviceNow.desk().incidents().size() == 1);
        eventually()
                .until(() -> scrape().samples().stream()
                                .anyMatch(sample -> sample.name().equals("roombridge_hub_lag"))
                        && scrape().sum("roombridge_changes_total", "outcome", "delivered") > 0
                        && scrape().sum("roombridge_changes_total", "side", "servicenow") > 0
                        && scrape().sum("roombridge_dead_letters", "reason", "invalid") == 1);

        Scrape scrape = scrape();
        Map<String, String> exposed = MetricsPage.exposed(scrape);
        Map<String, String> documented = MetricsPage.documented();

        assertThat(documented).as("docs/metrics.md has every metric").containsAllEntriesOf(exposed);
        Set<String> missing = new TreeSet<>(documented.keySet());
        missing.removeAll(exposed.keySet());
        assertThat(RARE).as("what is documented and not exposed").containsAll(missing);
        assertThat(scrape.sum("roombridge_hub_lag")).isBetween(0.0, 2.0);
        assertThat(scrape.sum("roombridge_cluster_duty")).isEqualTo(ClusterWiring.DUTIES.size());
        assertThat(scrape.sum("roombridge_step_seconds_count", "route", "portal-events", "step", "deliver"))
                .isPositive();
    }

    @Test
    @Order(4)
    void labelsSayNothingOfTicketsAndHaveKnownValues() throws Exception {
        Set<String> reasons = Arrays.stream(Reason.values()).map(Reason::label).collect(Collectors.toSet());
        assertThat(scrape().samples())
                .filteredOn(sample -> sample.name().startsWith("roombridge_"))
                .allSatisfy(sample -> {
                    assertThat(sample.labels().values())
                            .noneMatch(value -> value.contains("rb-") || value.contains("INC"));
                    if (sample.labels().containsKey("reason")) {
                        assertThat(reasons).contains(sample.labels().get("reason"));
                    }
                });
        assertThat(get("/metrics").body())
                .doesNotContain(serviceNow.accounts().integration().password());
        assertThat(Outcome.class.getPermittedSubclasses()).hasSize(6);
    }

    @Test
    @Order(5)
    void refusedCredentialsAreNamedForTheInstance() throws Exception {
        serviceNow.faults().on(RequestMatcher.anything()).always(Fault.unauthorized());

        eventually().until(() -> causes().containsKey("servicenow-main"));

        assertThat(causes())
                .containsOnlyKeys("servicenow-main")
                .containsEntry("servicenow-main", "unauthorized: " + Reason.UNAUTHORIZED.meaning());
        assertThat(scrape().sum("roombridge_servicenow_unauthorized")).isEqualTo(1);
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void aStoreThatIsGoneIsNamedAndProbesAndScrapesGoOn() throws Exception {
        database.stop();

        eventually().until(() -> causes().containsKey("store"));

        assertThat(get("/live").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        assertThat(get("/ready").body()).doesNotContain("jdbc", "127.0.0.1");
    }

    /** Of parts that are down, why. */
    private Map<String, String> causes() throws Exception {
        Map<String, String> down = new TreeMap<>();
        for (JsonNode check : new ObjectMapper().readTree(get("/ready").body()).path("checks")) {
            if (check.path("status").asText().equals("DOWN")) {
                down.put(
                        check.path("name").asText(),
                        check.path("data").path("cause").asText());
            }
        }
        return down;
    }

    private Scrape scrape() throws Exception {
        return Scrape.of(get("/observe/metrics").body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(management.resolve(path)).build(), BodyHandlers.ofString());
    }

    private boolean send(byte[] message) throws Exception {
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(List.of(new EventData(message)));
            return true;
        }
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(180)).pollInterval(Duration.ofMillis(200));
    }

    private static Setup hubs(int port) {
        return Setup.ofHubs()
                .withHub("portal-events", 2, "roombridge")
                .withHub("portal-commands", 1)
                .withPort(port);
    }

    private Settings settings(String hub) {
        var account = serviceNow.accounts().integration();
        Map<String, String> given = new HashMap<>(Map.of(
                "roombridge.mode", "live",
                "roombridge.data-dir", directory.resolve("data").toString(),
                "roombridge.store.url", "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./store;DB_CLOSE_DELAY=-1",
                "roombridge.hub.connection-string", hub,
                "roombridge.hub.load-balancing-interval", "PT1S",
                "roombridge.hub.ownership-expiry", "PT5S",
                "roombridge.poll.interval", "PT1S",
                "roombridge.instances.main.url", serviceNow.url().toString(),
                "roombridge.instances.main.auth", "basic"));
        given.put("roombridge.instances.main.user", account.name());
        given.put("roombridge.instances.main.password", account.password());
        given.put("roombridge.management.port", "0");
        return SettingsFile.read(directory.resolve("no-file"), Map.of(), given);
    }
}
