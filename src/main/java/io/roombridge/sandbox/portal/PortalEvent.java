package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One event of the portal's stream: a CloudEvent with its attributes kept apart from its data, so that the simulator can
 * send it in any mode (facts/portal.md, section 9.1). The data is never changed once the event exists.
 */
record PortalEvent(
        String id,
        String name,
        Instant time,
        String tenant,
        String partitionKey,
        String subject,
        Optional<String> ticketId,
        OptionalLong sequence,
        Form form,
        ObjectNode data) {

    /** Whether the bridge can be expected to understand the event. */
    enum Form {
        VALID,
        /** A type that no version of the contract knows yet. */
        UNKNOWN_TYPE,
        /** Breaks the contract; has to end as a dead letter and may do nothing else. */
        INVALID,
        /** Not even JSON: a broken relay sends only the first half of the message. */
        TORN
    }

    String type() {
        return "io.roombridge.portal." + name + ".v1";
    }

    /** The CloudEvents attributes in the order of the specification, the content type left out. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", id);
        attributes.put("source", "/mtrp/tenants/" + tenant);
        attributes.put("type", type());
        attributes.put("subject", subject);
        attributes.put("time", time.toString());
        attributes.put("partitionkey", partitionKey);
        attributes.put("tenantid", tenant);
        ticketId.ifPresent(ticket -> attributes.put("ticketid", ticket));
        // The contract's example pads to 20 digits, so that the text sorts as the number does.
        sequence.ifPresent(number -> attributes.put("sequence", "%020d".formatted(number)));
        attributes.put("origin", "portal");
        return attributes;
    }

    /** The whole event as one JSON object (CloudEvents structured mode). */
    ObjectNode structured() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        attributes().forEach(event::put);
        event.put("datacontenttype", "application/json");
        event.set("data", data);
        return event;
    }

    /** The same event with another name and content, which then may be strange. */
    PortalEvent as(String otherName, Form otherForm, ObjectNode otherData) {
        return new PortalEvent(
                id, otherName, time, tenant, partitionKey, subject, ticketId, sequence, otherForm, otherData);
    }

    /** The name of the ticket this event belongs to, if it is a valid event of one. */
    Optional<TicketName> ticket() {
        return form == Form.VALID && name.startsWith("ticket.")
                ? Optional.of(TicketName.of(tenant, data.path("ticket")))
                : Optional.empty();
    }
}
