package io.roombridge.correlation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketId;
import io.roombridge.ticket.TicketKey;

/** The document of a ticket row. Unknown properties are skipped, so that a newer document can be read by an older node. */
final class TicketJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addMixIn(Ticket.class, Lenient.class)
            .addMixIn(TicketKey.class, KeyByForm.class)
            .addMixIn(TicketId.class, Plain.class)
            .addMixIn(ChangeId.class, Plain.class)
            .build();

    private TicketJson() {}

    static String write(Ticket ticket) {
        try {
            return MAPPER.writeValueAsString(ticket);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ticket is always writable", e);
        }
    }

    /** The version column of the row is the authority, whatever the document says. */
    static Ticket read(String document, long version) {
        try {
            return MAPPER.treeToValue(upToDate(MAPPER.readTree(document)), Ticket.class)
                    .withVersion(version);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a ticket row of the store cannot be read; was the database edited by hand?", e);
        }
    }

    /** The hold-down had a place of its own before there were appointments (V5). */
    private static JsonNode upToDate(JsonNode document) {
        JsonNode holdDown = document.path("holdDownUntil");
        if (document instanceof ObjectNode ticket && !ticket.has("appointments") && holdDown.isTextual()) {
            ticket.putObject("appointments").set(Appointment.RECOVERY.name(), holdDown);
        }
        return document;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private abstract static class Lenient {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "form")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TicketKey.RoomSignal.class, name = "room-signal"),
        @JsonSubTypes.Type(value = TicketKey.RecordedIssue.class, name = "recorded-issue")
    })
    @JsonIgnoreProperties(ignoreUnknown = true)
    private abstract static class KeyByForm {}

    private abstract static class Plain {
        @JsonValue
        abstract String value();
    }
}
