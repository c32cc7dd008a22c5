package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One ticket as the stream told of it: its latest block, its conversation and its history. Events may come twice and out of
 * order; the highest sequence decides what is present. Confined to the lock of {@link PortalMemory}.
 */
final class RememberedTicket {

    private static final Set<String> OVER = Set.of(TrackedTicket.RESOLVED, TrackedTicket.CLOSED);

    private final String ticketId;
    private final String tenant;
    private final Set<String> known = new HashSet<>();
    private final List<Conversation.Entry> entries = new ArrayList<>();
    private final List<Conversation.Entry> messages = new ArrayList<>();
    private final Map<String, Conversation.File> files = new LinkedHashMap<>();
    private final ArrayNode history = Blocks.object().arrayNode();
    private ObjectNode envelope = Blocks.object();
    private ObjectNode blocks = Blocks.object();
    private long sequence = -1;
    private Optional<String> snowIncident = Optional.empty();

    RememberedTicket(String tenant, String ticketId) {
        this.tenant = tenant;
        this.ticketId = ticketId;
    }

    String ticketId() {
        return ticketId;
    }

    String tenant() {
        return tenant;
    }

    TicketName name() {
        return TicketName.of(tenant, block());
    }

    /** The block {@code ticket} as it is now. Not to be changed. */
    JsonNode block() {
        return blocks.path("ticket");
    }

    String state() {
        return block().path("state").asText();
    }

    boolean over() {
        return OVER.contains(state());
    }

    boolean ofCustomer() {
        return block().path("origin").asText().equals("customer");
    }

    Optional<Conversation.File> file(String attachmentId) {
        return Optional.ofNullable(files.get(attachmentId));
    }

    Conversation conversation() {
        return new Conversation(ticketId, entries, List.copyOf(files.values()));
    }

    /** The entries that were told as messages. */
    List<Conversation.Entry> messages() {
        return messages;
    }

    ArrayNode history() {
        return history;
    }

    /** The attributes that all events of the ticket share. */
    ObjectNode envelope() {
        return envelope.deepCopy();
    }

    /** Ticket, rooms and device as they are now, for the next event. */
    ObjectNode blocks() {
        return blocks.deepCopy();
    }

    /** For the event that is told next: higher than any that was told. */
    long nextSequence() {
        return sequence + 1;
    }

    /** What one event says; an event that was learned before says nothing new. */
    void learn(ObjectNode event, ContentStore content) {
        if (!known.add(event.path("id").asText())) {
            return;
        }
        long number = event.path("sequence").asLong(-1);
        if (number > sequence) {
            sequence = number;
            present(event);
        }
        JsonNode data = event.path("data");
        Author author = Author.of(data.path("actor"));
        Optional<String> command = text(event, "correlationid");
        Instant at = OffsetDateTime.parse(event.path("time").asText()).toInstant();
        String what = PortalMemory.name(event);
        switch (what) {
            case "ticket.message-added" -> hear(data, author, at, command);
            case "ticket.remediation" -> hearBot(event, data, at);
            case "ticket.attachment-added" -> keep(data, author, at, command, content);
            default -> {}
        }
        history.addObject().put("at", at.toString()).put("what", what).set("actor", author.block());
    }

    private void present(ObjectNode event) {
        envelope = event.deepCopy().retain("source", "subject", "tenantid", "partitionkey", "ticketid");
        blocks = event.withObject("/data").deepCopy().retain("ticket", "rooms", "device");
        ObjectNode block = blocks.withObject("/ticket");
        // The script of a day was written before the bridge linked its incident.
        snowIncident = text(block, "snowIncident").or(() -> snowIncident);
        snowIncident.ifPresent(number -> block.put("snowIncident", number));
    }

    private void hear(JsonNode data, Author author, Instant at, Optional<String> command) {
        Conversation.Entry entry = new Conversation.Entry(
                data.path("messageId").asText(),
                author,
                Visibility.labelled(data.path("visibility").asText()),
                data.path("text").asText(),
                data.path("format").asText("text"),
                at,
                command);
        entries.add(entry);
        messages.add(entry);
    }

    private void hearBot(ObjectNode event, JsonNode data, Instant at) {
        String text =
                data.path("workflow").asText() + ": " + data.path("outcome").asText();
        String output = data.path("output").asText();
        entries.add(new Conversation.Entry(
                event.path("id").asText(),
                Author.bot(),
                Visibility.INTERNAL,
                output.isEmpty() ? text : text + "\n" + output,
                "text",
                at,
                Optional.empty()));
    }

    /** The same file told again is an answer to a request for a fresh URL. */
    private void keep(JsonNode data, Author author, Instant at, Optional<String> command, ContentStore content) {
        String id = data.path("attachmentId").asText();
        files.putIfAbsent(
                id,
                new Conversation.File(
                        id,
                        author,
                        data.path("fileName").asText(),
                        data.path("contentType").asText(),
                        data.path("size").asLong(),
                        data.path("sha256").asText(),
                        content.find(id).map(ContentStore.Content::path),
                        at,
                        command));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }
}
