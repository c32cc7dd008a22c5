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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An administrator takes an estate over with the commands of docs/operations.md. {@code -Dadoption.tickets=50000} imports so
 * many open tickets besides, to see how long that takes.
 */
@Tag("length")
class AdoptionCommandsTest {

    private static final int BESIDES = Integer.getInteger("adoption.tickets", 500);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private EmbeddedServiceNow serviceNow;
    private EmbeddedEventHubs hubs;

    @BeforeEach
    void anInstallation() {
        serviceNow = EmbeddedServiceNow.start(Setup.defaults());
        hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                .withHub("portal-events", 1, "roombridge")
                .withHub("portal-commands", 1));
    }

    @AfterEach
    void stop() {
        hubs.close();
        serviceNow.close();
    }

    private Path config(String mode) throws IOException {
        var account = serviceNow.accounts().integration();
        return Files.write(
                directory.resolve("roombridge.properties"),
                List.of(
                        "roombridge.mode=" + mode,
                        "roombridge.data-dir=" + directory.resolve("data"),
                        "roombridge.hub.connection-string=" + hubs.connectionString("portal-events"),
                        "roombridge.hub.drain=PT2S",
                        "roombridge.management.port=0",
                        "roombridge.recovery.sweep=PT1S",
                        "roombridge.instances.main.url=" + serviceNow.url(),
                        "roombridge.instances.main.auth=basic",
                        "roombridge.instances.main.user=" + account.name(),
                        "roombridge.instances.main.password=" + account.password()));
    }

    private Bridge start(String mode) throws IOException {
        return Bridge.start(SettingsFile.read(config(mode), Map.of(), Map.of()), Clock.systemUTC(), Clock.systemUTC());
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(words));
        Collections.addAll(
                all, "--config", directory.resolve("roombridge.properties").toString());
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
    }

    private int decided(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        Collections.addAll(all, "--by", "Beth Anglin", "--reason", "cut-over");
        return run(all.toArray(String[]::new));
    }

    private String nativeIncident(String room) {
        return serviceNow
                .desk()
                .as("admin")
                .insert("incident", Map.of("short_description", room + ": no display", "correlation_display", "MTR"));
    }

    private Incident incident(String sysId) {
        return serviceNow.desk().incident(sysId).orElseThrow();
    }

    private void send(String room) throws IOException {
        String event = Files.readString(Path.of("mappings/example-event.json"))
                .replace("room-12", room)
                .replace("7B7365-EPDOLF", "T-" + room)
                .replace("01JX0000000000000000000001", room);
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            EventData message = new EventData(event);
            message.setContentType("application/cloudevents+json");
            producer.send(List.of(message));
        }
    }

    private Path export(String number) throws IOException {
        List<String> rows = new ArrayList<>(List.of(
                "{\"TicketID\":\"T-room-11\",\"State\":\"investigating\",\"SnowIncident\":\"" + number + "\"}",
                "{\"TicketID\":\"T-room-13\",\"State\":\"new\",\"SnowIncident\":\"INC9999999\"}",
                "{\"TicketID\":\"T-old\",\"State\":\"closed\",\"SnowIncident\":\"INC0000001\"}",
                "{\"State\":\"new\"}"));
        IntStream.range(0, BESIDES)
                .mapToObj(i -> "{\"TicketID\":\"X-" + i + "\",\"State\":\"new\",\"SnowIncident\":\"INC8"
                        + String.format("%06d", i)
                        + "\",\"Device\":{\"RoomName\":\"Building 7, Room " + i
                        + "\"},\"Incident Type\":{\"DisplayName\":\"Camera\"}}")
                .forEach(rows::add);
        return Files.writeString(directory.resolve("tickets.json"), "[" + String.join(",\n", rows) + "]");
    }

    @Test
    void everyCommandOfTheCutOver() throws IOException {
        String sysId = nativeIncident("room-11");
        String file = export(incident(sysId).field("number")).toString();
        try (Bridge shadow = start("shadow")) {
            send("room-11");
            await().atMost(SOON).until(() -> shadow.store().ticketCount() == 1);

            assertThat(run("import", file, "--dry-run")).isEqualTo(Main.FAILURE);
            assertThat(out.toString())
                    .contains(
                            "row 4 was not read: it has no TicketID",
                            "1 certain",
                            (BESIDES + 1) + " uncertain",
                            "number-unknown")
                    .contains("1 more are resolved or closed", "nothing was kept");
            assertThat(decided("import", file)).isEqualTo(Main.FAILURE);
            assertThat(out.toString()).contains((BESIDES + 2) + " rows are new or changed");
            assertThat(run("adoptions", "--state", "planned")).isZero();
            assertThat(out.toString()).contains("T-room-11").doesNotContain("T-room-13");
            assertThat(serviceNow.requests().writes()).isEmpty();
        }
        try (Bridge live = start("live")) {
            await().atMost(SOON).until(() -> incident(sysId).correlationId().startsWith("rb-"));
            send("room-13");
            await().atMost(SOON).until(() -> live.store().ticketCount() == 2);

            assertThat(decided("adopt", "T-room-13", "--new")).isZero();
            await().atMost(SOON).until(() -> serviceNow.desk().incidents().size() == 2);
            assertThat(decided("adopt", "T-room-11", incident(sysId).field("number")))
                    .isEqualTo(Main.FAILURE);
            assertThat(out.toString()).contains("is linked with", "adopt --rollback");
            assertThat(decided("adopt", "--rollback")).isZero();
            await().atMost(SOON).until(() -> incident(sysId).correlationId().isEmpty());
            assertThat(incident(sysId).field("correlation_display")).isEqualTo("MTR");
            assertThat(run("audit", "--within", "P1D")).isZero();
            assertThat(out.toString()).contains("adoption-planned", "adoption-decided", "adoption-rolled-back");
            assertThat(serviceNow.desk().incidents()).hasSize(2);
        }
        assertThat(run("adoptions")).isEqualTo(Main.FAILURE);
        assertThat(out.toString()).contains("no bridge runs on");
    }
}
