package io.roombridge.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.Told;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What could not be told to the portal, kept for a person. It holds up nothing: what people write later in ServiceNow is
 * told all the same.
 */
final class Unheard {

    private Unheard() {}

    /** An entry of which the mapping can make no message. */
    static DeadLetter entry(Desk desk, Ticket ticket, JournalEntry entry, String why, Instant now) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("incident", entry.incident())
                .put("element", entry.element())
                .put("sys_id", entry.sysId());
        payload.put("sys_created_by", entry.createdBy()).put("value", entry.value());
        return letter(
                desk,
                ticket,
                new ChangeId("/servicenow/" + desk.name() + "/journal#" + entry.sysId()),
                Lane.CONVERSATION,
                Reason.MAPPING_FAILED,
                why,
                payload,
                now);
    }

    /** The sys_id of the entry that a letter is about. */
    static String entryOf(DeadLetter entry) {
        String change = entry.change().value();
        return change.substring(change.indexOf('#') + 1);
    }

    /** The sys_id of the incident that a letter of an entry is about. */
    static String incidentOf(DeadLetter entry) {
        return payload(entry).path("incident").asText();
    }

    private static JsonNode payload(DeadLetter entry) {
        try {
            return new ObjectMapper().readTree(entry.payload());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the letter of " + entry.change() + " is not readable", e);
        }
    }

    /**
     * A state of an incident of which the mapping can make no message.
     *
     * @param known the incident before it, and {@code heard} with it
     */
    static DeadLetter state(Desk desk, Ticket ticket, Incident known, Incident heard, String why, Instant now) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("incident", heard.sysId());
        put(payload.putObject("untold"), heard.told());
        put(payload.putObject("told"), known.told());
        return letter(
                desk,
                ticket,
                new ChangeId("/servicenow/" + desk.name() + "/state#" + heard.sysId()),
                Lane.STATE,
                Reason.MAPPING_FAILED,
                why,
                payload,
                now);
    }

    private static void put(ObjectNode payload, Told told) {
        payload.put("state", told.state().name())
                .put("hold_reason", told.holdReason().orElse(null));
    }

    /**
     * The ticket with a state that could not be told made news again; empty when the letter is about something else, or the
     * portal was told a later state meanwhile.
     */
    static Optional<Ticket> untold(DeadLetter letter, String incident, Ticket ticket) {
        JsonNode payload = payload(letter);
        if (!payload.has("untold")) {
            return Optional.empty();
        }
        UnaryOperator<Told> as = told -> told.withState(state(payload.path("told")), reason(payload.path("told")));
        JsonNode untold = payload.path("untold");
        return ticket.chain().stream()
                .filter(one -> one.sysId().equals(incident))
                .filter(one -> one.told().state() == state(untold)
                        && one.told().holdReason().equals(reason(untold)))
                .findFirst()
                .map(found -> ticket.withIncident(incident, one -> one.telling(as.apply(one.told()))));
    }

    private static IncidentState state(JsonNode told) {
        return IncidentState.valueOf(told.path("state").asText());
    }

    private static Optional<String> reason(JsonNode told) {
        return Optional.ofNullable(told.path("hold_reason").textValue());
    }

    /** An incident that cannot be heard at all. */
    static DeadLetter incident(Desk desk, Ticket ticket, String sysId, Reason reason, String why, Instant now) {
        return letter(
                desk,
                ticket,
                new ChangeId("/servicenow/" + desk.name() + "/incident#" + sysId),
                Lane.STATE,
                reason,
                why,
                JsonNodeFactory.instance.objectNode().put("incident", sysId),
                now);
    }

    private static DeadLetter letter(
            Desk desk,
            Ticket ticket,
            ChangeId id,
            Lane lane,
            Reason reason,
            String why,
            ObjectNode payload,
            Instant now) {
        return new DeadLetter(
                ticket.tenant(),
                desk.name(),
                id,
                Optional.of(ticket.id()),
                DeadLetter.Kind.ENTRY,
                lane,
                DeadLetter.State.KEPT,
                reason,
                why,
                payload.toString(),
                1,
                now);
    }
}
