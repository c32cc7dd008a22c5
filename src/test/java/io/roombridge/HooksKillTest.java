package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Incident;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand events are posted while the bridge is killed, and its poster repeats what was not answered: each is applied once,
 * and those of a room in their order. {@code -Dhooks.events=N -Dhooks.kills=N} play more.
 */
@Tag("length")
class HooksKillTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int ROOMS = 50;
    private static final int EVENTS = Integer.getInteger("hooks.events", 1000);
    private static final int KILLS = Integer.getInteger("hooks.kills", 4);

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger answered = new AtomicInteger();
    private EmbeddedServiceNow serviceNow;
    private EmbeddedEventHubs hubs;
    private int port;
    private BridgeProcess bridge;
    private volatile boolean over;

    @BeforeEach
    void start() throws IOException {
        serviceNow = EmbeddedServiceNow.start(Setup.defaults());
        hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                .withHub("portal-events", 1, "roombridge")
                .withHub("portal-commands", 1));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        bridge = new BridgeProcess(directory);
        var account = serviceNow.accounts().integration();
        bridge.settings(
                hubs.connectionString("portal-events"),
                serviceNow.url().toString(),
                List.of(
                        "roombridge.hub.drain=PT5S",
                        "roombridge.cluster.lease=PT2S",
                        "roombridge.hooks.port=" + port,
                        "roombridge.hooks.sources.relay.token=" + TOKEN,
                        "roombridge.instances.main.user=" + account.name(),
                        "roombridge.instances.main.password=" + account.password()));
        bridge.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        over = true;
        bridge.close();
        hubs.close();
        serviceNow.close();
    }

    @Test
    void whatWasAnsweredIsAppliedOnceThroughKills() throws Exception {
        Thread poster = new Thread(this::postAll, "poster");
        poster.start();
        for (int kill = 1; kill <= KILLS; kill++) {
            int due = EVENTS * kill / (KILLS + 1);
            eventually(() -> answered.get() >= due);
            bridge.kill();
            bridge.start();
        }
        poster.join();
        assertThat(answered).hasValue(EVENTS);

        eventually(() -> messages() >= EVENTS - ROOMS);
        bridge.stop();

        assertThat(serviceNow.desk().incidents()).as("one incident a room").hasSize(ROOMS);
        assertThat(serviceNow.desk().incidents()).allSatisfy(this::hasEachMessageOnceInOrder);
        assertThat(bridge.count("change_outcome where outcome = 'delivered'")).isEqualTo(EVENTS);
        assertThat(bridge.count("dead_letter")).isZero();
        assertThat(bridge.count("inbox")).isZero();
    }

    private void hasEachMessageOnceInOrder(Incident incident) {
        List<String> said = serviceNow.desk().journal(incident.sysId()).stream()
                .filter(entry -> entry.element().equals("comments"))
                .map(JournalEntry::value)
                .flatMap(value -> value.lines().filter(line -> line.startsWith("word ")))
                .toList();
        assertThat(said)
                .containsExactlyElementsOf(IntStream.range(1, EVENTS / ROOMS)
                        .mapToObj(number -> "word " + number)
                        .toList());
    }

    private long messages() {
        Map<String, Long> said = serviceNow.desk().incidents().stream()
                .flatMap(incident -> serviceNow.desk().journal(incident.sysId()).stream())
                .collect(Collectors.groupingBy(JournalEntry::element, Collectors.counting()));
        return said.getOrDefault("comments", 0L);
    }

    /** Rooms take turns; the next event leaves when the one before it was answered. */
    private void postAll() {
        for (int i = 0; i < EVENTS && !over; i++) {
            String event = event(i % ROOMS, i / ROOMS);
            while (!over && !taken(event)) {
                Thread.onSpinWait();
            }
            answered.incrementAndGet();
        }
    }

    private boolean taken(String event) {
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/hooks/events"))
                                            .timeout(Duration.ofSeconds(10))
                                            .header("Authorization", "Bearer " + TOKEN)
                                            .header("Content-Type", "application/cloudevents+json")
                                            .POST(BodyPublishers.ofString(event))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode()
                    == 202;
        } catch (IOException away) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first one opens the ticket of its room, the others are messages of its customer. */
    private static String event(int room, int number) {
        String kind = number == 0 ? "ticket.opened" : "ticket.message-added";
        String more = number == 0 ? "" : """
                , "messageId": "m-%1$d-%2$d", "text": "word %2$d", "at": "2026-06-01T08:00:00Z", "visibility": "customer",
                  "format": "text", "actor": {"type": "customer", "displayName": "Megan Bowen"}""".formatted(room, number);
        return """
                {"specversion": "1.0", "id": "e-%1$d-%2$d", "source": "/mtrp/tenants/contoso", "tenantid": "contoso",
                 "type": "io.roombridge.portal.%3$s.v1", "time": "2026-06-01T08:00:00Z", "partitionkey": "contoso|room-%1$d",
                 "sequence": "1", "data": {
                   "ticket": {"ticketId": "T-%1$d", "key": {"roomId": "room-%1$d", "signalType": "Camera"}, "origin": "system",
                     "state": "needsAction", "severity": "important", "title": "No camera", "occurrence": 1,
                     "createdAt": "2026-06-01T08:00:00Z"},
                   "rooms": [{"roomId": "room-%1$d", "name": "Room %1$d"}]%4$s}}""".formatted(room, number, kind, more);
    }

    private void eventually(Callable<Boolean> condition) {
        bridge.eventually(Duration.ofMinutes(8), condition);
    }
}
