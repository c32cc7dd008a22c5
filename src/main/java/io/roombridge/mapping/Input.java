package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a mapping gets to see: the portal's event, and what only the bridge knows.
 *
 * @param event the event as structured-mode JSON ({@link io.roombridge.ticket.Change#payload()})
 * @param episode which stretch from unhealthy to recovered this is; 1 is the first
 * @param previous the closed incident that a follow-up continues
 * @param healthySince when the signal became healthy
 * @param closeCode the close code chosen from those the instance knows
 * @param previousSeverity set when the severity changed
 * @param assigned whether a person holds the incident
 * @param since since when that holds what a note of the bridge's own is about; for a resolution, since when the device is
 *     removed
 * @param about what such a note names besides: another incident, a device
 */
public record Input(
        String event,
        TicketKey key,
        int episode,
        Optional<Previous> previous,
        Optional<Instant> healthySince,
        Optional<String> closeCode,
        Optional<Severity> previousSeverity,
        boolean assigned,
        Optional<Instant> since,
        Optional<String> about) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The incident before this one. */
    public record Previous(String sysId, String number) {}

    public Input {
        Objects.requireNonNull(event);
        Objects.requireNonNull(key);
    }

    public static Input of(String event, TicketKey key, int episode) {
        return new Input(
                event,
                key,
                episode,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * An event as somebody wrote it into a file.
     *
     * @throws MappingFailed when it is no event about a ticket
     */
    public static Input read(String event) {
        try {
            if (JSON.readTree(event) instanceof ObjectNode node
                    && node.at("/data/ticket").isObject()) {
                return of(node);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MappingFailed("the event", 0, "it cannot be read: " + e.getMessage(), e);
        }
        throw new MappingFailed("the event", 0, "it has no data.ticket; docs/events.md shows what it needs", null);
    }

    static Input of(ObjectNode event) {
        JsonNode key = event.at("/data/ticket/key");
        String tenant = event.path("tenantid").asText();
        return of(
                event.toString(),
                key.path("recorded").asBoolean()
                        ? new TicketKey.RecordedIssue(
                                tenant, event.at("/data/ticket/ticketId").asText())
                        : new TicketKey.RoomSignal(
                                tenant,
                                key.path("roomId").asText(),
                                key.path("deviceRole").asText(),
                                key.path("signalType").asText(),
                                key.path("instance").asText()),
                1);
    }

    public Input following(String sysId, String number) {
        return new Input(
                event,
                key,
                episode,
                Optional.of(new Previous(sysId, number)),
                healthySince,
                closeCode,
                previousSeverity,
                assigned,
                since,
                about);
    }

    public Input healthySince(Instant healthy) {
        return new Input(
                event,
                key,
                episode,
                previous,
                Optional.of(healthy),
                closeCode,
                previousSeverity,
                assigned,
                since,
                about);
    }

    public Input closedWith(String code) {
        return new Input(
                event,
                key,
                episode,
                previous,
                healthySince,
                Optional.of(code),
                previousSeverity,
                assigned,
                since,
                about);
    }

    public Input changedFrom(Severity severity) {
        return new Input(
                event, key, episode, previous, healthySince, closeCode, Optional.of(severity), assigned, since, about);
    }

    public Input assigned(boolean toAPerson) {
        return new Input(
                event, key, episode, previous, healthySince, closeCode, previousSeverity, toAPerson, since, about);
    }

    public Input since(Instant holding) {
        return new Input(
                event,
                key,
                episode,
                previous,
                healthySince,
                closeCode,
                previousSeverity,
                assigned,
                Optional.of(holding),
                about);
    }

    public Input naming(Optional<String> named) {
        return new Input(
                event, key, episode, previous, healthySince, closeCode, previousSeverity, assigned, since, named);
    }
}
