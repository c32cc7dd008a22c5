package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roombridge.sandbox.SandboxClock;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import io.roombridge.sandbox.eventhubs.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulator with the genuine SDK against the embedded endpoint. */
final class PortalSimulatorTest {

    private static final String HUB = "portal-events";
    private static final LocalDate DATE = LocalDate.of(2026, 6, 4);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs(HUB));

    @AfterEach
    void stop() {
        hubs.close();
    }

    @Test
    void playsAWholeDayIntoTheHub() {
        CampusDay day = CampusDay.of(7, DATE);
        SandboxClock clock = SandboxClock.standingStill(day.start());
        List<DeskAction> acted = new ArrayList<>();
        AtomicInteger quiet = new AtomicInteger();

        Map<String, Long> published;
        try (PortalSimulator portal = new PortalSimulator(hubs.connectionString(HUB), clock)) {
            portal.play(day, quiet::incrementAndGet, action -> {
                assertThat(clock.instant()).isEqualTo(action.at());
                acted.add(action);
            });
            published = portal.published();
        }

        assertThat(clock.instant()).isEqualTo(day.end());
        assertThat(acted).isEqualTo(day.deskActions());
        assertThat(quiet.get()).isGreaterThan(day.steps().size());
        assertThat(published).containsEntry(PortalSimulator.HEARTBEAT, 144L * 4);
        assertThat(decoded(day))
                .hasSize(Math.toIntExact(
                        published.values().stream().mapToLong(Long::longValue).sum()));
        eachKeyHasOnePartition();
        eachPartitionHasAllHeartbeats();
    }

    @Test
    void keepsThePaceOfTheClockDayAfterDayUntilItIsClosed() {
        CampusDays days = new CampusDays(Campus.of(7), DATE);
        Instant start = Instant.parse("2026-06-04T06:00:00Z");
        SandboxClock clock = SandboxClock.standingStill(start);
        try (PortalSimulator portal = new PortalSimulator(hubs.connectionString(HUB), clock)) {
            portal.start(days, action -> {
                throw new IllegalStateException("nobody is at the desk");
            });
            await().until(() -> heartbeats(portal) == 4);

            clock.advanceTo(start.plus(Duration.ofMinutes(25)));
            await().until(() -> heartbeats(portal) == 12);

            clock.advanceTo(start.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(15)));
            await().until(() -> heartbeats(portal) == 4 * (144 + 2));
        }

        long total = hubs.total(HUB);
        clock.advanceBy(Duration.ofDays(1));
        assertThat(hubs.total(HUB)).isEqualTo(total);
    }

    private static long heartbeats(PortalSimulator portal) {
        return portal.published().getOrDefault(PortalSimulator.HEARTBEAT, 0L);
    }

    private void eachKeyHasOnePartition() {
        Map<String, List<String>> partitions = hubs.events(HUB).stream()
                .filter(event -> event.partitionKey().isPresent())
                .collect(Collectors.groupingBy(
                        event -> event.partitionKey().orElseThrow(),
                        Collectors.mapping(StoredEvent::partition, Collectors.toList())));
        assertThat(partitions.values())
                .allMatch(each -> each.stream().distinct().count() == 1);
        assertThat(partitions).hasSizeGreaterThan(30);
    }

    private void eachPartitionHasAllHeartbeats() {
        Map<String, Long> counts = hubs.events(HUB).stream()
                .filter(event -> event.partitionKey().isEmpty())
                .collect(Collectors.groupingBy(StoredEvent::partition, Collectors.counting()));
        assertThat(counts)
                .hasSize(4)
                .allSatisfy((partition, count) -> assertThat(count).isEqualTo(144));
    }

    /** Every event as it stands in the hub, whatever its mode, and equal to what the script says. */
    private List<String> decoded(CampusDay day) {
        Map<String, JsonNode> script = new HashMap<>();
        day.events().forEach(event -> script.put(event.id(), event.structured()));
        List<String> ids = new ArrayList<>();
        for (StoredEvent message : hubs.events(HUB)) {
            List<JsonNode> events = events(message);
            if (events.isEmpty()) {
                ids.add("torn");
            }
            for (JsonNode event : events) {
                String id = event.path("id").asText();
                ids.add(id);
                if (!event.path("type").asText().contains("heartbeat")) {
                    assertThat(event).isEqualTo(script.get(id));
                }
            }
        }
        return ids;
    }

    private static List<JsonNode> events(StoredEvent message) {
        Optional<String> prefix = List.of("cloudEvents:", "cloudEvents_", "ce_").stream()
                .filter(each -> message.properties().containsKey(each + "specversion"))
                .findFirst();
        try {
            JsonNode body = JSON.readTree(message.body());
            if (prefix.isPresent()) {
                var event = JSON.createObjectNode();
                message.properties()
                        .forEach((name, value) ->
                                event.put(name.substring(prefix.get().length()), String.valueOf(value)));
                event.put("datacontenttype", "application/json");
                event.set("data", body);
                return List.of(event);
            }
            List<JsonNode> events = new ArrayList<>();
            if (body.isArray()) {
                body.forEach(events::add);
            } else {
                events.add(body);
            }
            return events;
        } catch (JsonProcessingException torn) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
