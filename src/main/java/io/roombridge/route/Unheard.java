package io.roombridge.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.Optional;

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
        try {
            return new ObjectMapper().readTree(entry.payload()).path("incident").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the letter of " + entry.change() + " is not readable", e);
        }
    }

    /** A state of an incident of which the mapping can make no message, or an incident that cannot be heard at all. */
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
