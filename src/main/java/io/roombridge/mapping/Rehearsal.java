package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.TicketKey;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tries every mapping file before the bridge starts, with an example event and with a sparse one that has only what the
 * contract requires. The sparse one finds the trap of JSLT: {@code +} makes the word "null" of a missing field.
 */
final class Rehearsal {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NULL_WORD = Pattern.compile("\\bnull\\b");
    private static final List<String> ALWAYS_THERE =
            List.of("ticketId", "key", "origin", "state", "severity", "title", "occurrence", "createdAt");

    private final Mappings mappings;
    private final ObjectNode example;

    private Rehearsal(Mappings mappings, ObjectNode example) {
        this.mappings = mappings;
        this.example = example;
    }

    /** @param event the example event; shipped with the bridge */
    static Rehearsal of(Mappings mappings, String event) {
        try {
            JsonNode example = JSON.readTree(event);
            return new Rehearsal(mappings, example instanceof ObjectNode object ? object : JSON.createObjectNode());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(MappingFolder.EXAMPLE + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    void run(List<MappingFault> faults) {
        Set<MappingFault> found = new LinkedHashSet<>();
        for (ObjectNode event : List.of(withMessage(example), withMessage(sparse()))) {
            Input input = input(event);
            for (IncidentWrite write : IncidentWrite.values()) {
                attempt(
                        write.file(),
                        found,
                        () -> String.join(
                                "\n", mappings.fields(write, input).values().values()));
            }
            for (NoteKind kind : NoteKind.values()) {
                attempt(kind.file(), found, () -> mappings.note(kind, input).orElse(""));
            }
        }
        faults.addAll(found);
    }

    private interface Attempt {
        String text();
    }

    private static void attempt(String file, Set<MappingFault> found, Attempt attempt) {
        try {
            String text = attempt.text();
            text.lines()
                    .filter(line -> NULL_WORD.matcher(line).find())
                    .findFirst()
                    .ifPresent(line -> found.add(new MappingFault(
                            file,
                            0,
                            0,
                            "where a field is missing the ticket would read '" + line + "'",
                            "line(\"Label\", .field), or fallback(.field, \"something else\") before a +",
                            Optional.empty())));
        } catch (MappingFailed e) {
            found.add(new MappingFault(
                    e.file(), e.line(), 0, e.problem(), "fields for the example event", Optional.empty()));
        }
    }

    private Input input(ObjectNode event) {
        JsonNode key = event.at("/data/ticket/key");
        TicketKey ticketKey = new TicketKey.RoomSignal(
                event.path("tenantid").asText(),
                key.path("roomId").asText(),
                key.path("deviceRole").asText(""),
                key.path("signalType").asText(),
                key.path("instance").asText(""));
        return Input.of(event.toString(), ticketKey, 2)
                .following("0123456789abcdef0123456789abcdef", "INC0010001")
                .healthySince(Instant.EPOCH)
                .closedWith("Resolved by caller")
                .changedFrom(Severity.WARNING);
    }

    private ObjectNode sparse() {
        ObjectNode sparse = example.deepCopy();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ObjectNode ticket = data.putObject("ticket");
        ALWAYS_THERE.forEach(name -> ticket.set(name, example.at("/data/ticket/" + name)));
        ObjectNode room = data.putObject("room");
        List.of("roomId", "name").forEach(name -> room.set(name, example.at("/data/room/" + name)));
        sparse.set("data", data);
        return sparse;
    }

    /** Notes are about messages and repairs; an event has only one of them, the rehearsal has both. */
    private static ObjectNode withMessage(ObjectNode event) {
        ObjectNode copy = event.deepCopy();
        if (copy.get("data") instanceof ObjectNode data) {
            data.put("messageId", "m-1").put("text", "Please have a look").put("at", "2026-06-01T08:00:00Z");
            data.put("workflow", "Restart the app").put("outcome", "success");
        }
        return copy;
    }
}
