package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What each command does on the portal, and which ones the portal does not allow (facts/portal.md, section 9.4). */
final class RelayActs {

    private final PortalVoice voice;
    private final TicketNews news;
    private final ContentStore store;
    private final ContentFetch fetch;
    private final InstantSource clock;

    RelayActs(PortalVoice voice, TicketNews news, ContentStore store, ContentFetch fetch, InstantSource clock) {
        this.voice = voice;
        this.news = news;
        this.store = store;
        this.fetch = fetch;
        this.clock = clock;
    }

    /**
     * Performs a command that keeps the contract and whose ticket exists.
     *
     * @return why it was refused; empty when it was performed
     */
    Optional<String> perform(String name, ObjectNode command) {
        Order order = Order.of(command);
        return switch (name) {
            case "message-add" -> addMessage(order);
            case "attachment-add" -> addFile(order);
            case "link-snow" -> link(order);
            case "close" -> close(order);
            case "ack" -> acknowledge(order);
            case "suppress" -> silence(order, true);
            case "unsuppress" -> silence(order, false);
            case "attachment-url" -> sign(order);
            case "snapshot-request" -> dump(order, command.path("tenantid").asText());
            default -> throw new IllegalStateException("no act for the command " + name);
        };
    }

    /** One command: the ticket it is about (empty: of a whole tenant), its data and its id. */
    private record Order(String ticketId, JsonNode data, Optional<String> id) {

        static Order of(ObjectNode command) {
            return new Order(
                    command.at("/data/ticketId").asText(),
                    command.path("data"),
                    Optional.of(command.path("id").asText()));
        }

        String text(String field) {
            return data.path(field).asText();
        }

        Optional<String> optional(String field) {
            return Optional.ofNullable(data.path(field).textValue());
        }
    }

    /** A refused command is dropped, and the ticket says so to those who run the service. */
    void sayRefused(ObjectNode command, String name, String reason) {
        Order order = Order.of(command);
        if (!order.ticketId().isEmpty()) {
            String text = "The command " + name + " was not carried out: " + reason;
            news.message(order.ticketId(), Author.PORTAL, Visibility.INTERNAL, text, "text", order.id());
        }
    }

    private Optional<String> addMessage(Order order) {
        news.message(
                order.ticketId(),
                Author.bridge(order.optional("author")),
                Visibility.labelled(order.text("visibility")),
                order.text("text"),
                "text",
                order.id());
        return Optional.empty();
    }

    private Optional<String> addFile(Order order) {
        ContentFetch.Result result = fetch.of(URI.create(order.text("contentUrl")));
        if (result.content().isEmpty()) {
            return Optional.of(result.reason());
        }
        ContentStore.Content content = result.content().get();
        long size = order.data().path("size").asLong();
        if (content.size() != size || !content.sha256().equalsIgnoreCase(order.text("sha256"))) {
            return Optional.of("the content has %d bytes with SHA-256 %s; announced were %d bytes with %s"
                    .formatted(content.size(), content.sha256(), size, order.text("sha256")));
        }
        String attachmentId = voice.freshId();
        store.alias(attachmentId, content);
        news.file(order.ticketId(), file(order, attachmentId, content), order.id());
        return Optional.empty();
    }

    private Conversation.File file(Order order, String attachmentId, ContentStore.Content content) {
        return new Conversation.File(
                attachmentId,
                Author.bridge(Optional.empty()),
                order.text("fileName"),
                order.text("contentType"),
                content.size(),
                content.sha256(),
                Optional.of(content.path()),
                clock.instant(),
                order.id());
    }

    private Optional<String> link(Order order) {
        news.updated(order.ticketId(), "snowIncident", order.text("number"), order.id());
        return Optional.empty();
    }

    private Optional<String> close(Order order) {
        boolean ofCustomer = voice.of(order.ticketId(), RememberedTicket::ofCustomer);
        if (!ofCustomer) {
            return Optional.of("only a recorded issue can be closed from outside; this ticket belongs to the system");
        }
        if (voice.of(order.ticketId(), RememberedTicket::over)) {
            news.updated(order.ticketId(), "state", voice.of(order.ticketId(), RememberedTicket::state), order.id());
        } else {
            news.closedByPerson(
                    order.ticketId(), order.text("closureReason"), "Service desk", order.text("text"), order.id());
        }
        return Optional.empty();
    }

    /** A new ticket is under investigation from now on; in any other state it only matters who works on it. */
    private Optional<String> acknowledge(Order order) {
        if (voice.of(order.ticketId(), RememberedTicket::state).equals("new")) {
            news.status(order.ticketId(), TrackedTicket.INVESTIGATING, order.id());
        } else {
            news.acknowledged(order.ticketId(), order.optional("by").orElse("Service desk"), order.id());
        }
        return Optional.empty();
    }

    private Optional<String> silence(Order order, boolean silent) {
        if (voice.of(
                order.ticketId(), ticket -> ticket.block().at("/key/recorded").asBoolean())) {
            return Optional.of("a recorded issue has no signal that could be silenced");
        }
        Optional<Instant> until =
                order.optional("until").map(time -> OffsetDateTime.parse(time).toInstant());
        Author author = Author.bridge(Optional.empty());
        news.suppressed(order.ticketId(), silent, author, order.text("reason"), until, order.id());
        return Optional.empty();
    }

    private Optional<String> sign(Order order) {
        String attachmentId = order.text("attachmentId");
        Optional<Conversation.File> file = voice.of(order.ticketId(), ticket -> ticket.file(attachmentId))
                .filter(known -> known.content().isPresent());
        file.ifPresent(known -> news.file(order.ticketId(), known, order.id()));
        return file.isPresent()
                ? Optional.empty()
                : Optional.of("the portal has no file " + attachmentId + " at this ticket");
    }

    private Optional<String> dump(Order order, String tenant) {
        if (!order.ticketId().isEmpty()) {
            news.snapshot(order.ticketId(), order.id());
            return Optional.empty();
        }
        List<String> open = voice.ask(memory -> memory.tickets().stream()
                .filter(ticket -> ticket.tenant().equals(tenant) && !ticket.over())
                .map(RememberedTicket::ticketId)
                .toList());
        open.forEach(ticketId -> news.snapshot(ticketId, order.id()));
        return Optional.empty();
    }
}
