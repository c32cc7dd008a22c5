package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What can happen to a ticket of the living portal, by a person there or by a command; each happens by being told. The last
 * argument is the id of the command that caused it, if one did.
 */
final class TicketNews {

    private static final int LONGEST_LABEL = 64;

    private final PortalVoice voice;
    private final ContentServer content;
    private final InstantSource clock;

    TicketNews(PortalVoice voice, ContentServer content, InstantSource clock) {
        this.voice = voice;
        this.content = content;
        this.clock = clock;
    }

    /** @return the message's id */
    String message(
            String ticketId,
            Author author,
            Visibility visibility,
            String text,
            String format,
            Optional<String> command) {
        String id = voice.freshId();
        voice.tell(ticketId, "ticket.message-added", command, (block, data) -> {
            data.put("messageId", id);
            data.set("actor", author.block());
            data.put("at", now());
            data.put("text", text).put("format", format).put("visibility", visibility.label());
        });
        return id;
    }

    /** Tells of a file with a fresh URL; that the file is known already makes no difference. */
    void file(String ticketId, Conversation.File file, Optional<String> command) {
        voice.tell(ticketId, "ticket.attachment-added", command, (block, data) -> describe(file, data));
    }

    /** The attachment block of a file, with a fresh URL. */
    void describe(Conversation.File file, ObjectNode block) {
        ContentServer.Signed address = content.sign(file.attachmentId());
        block.put("attachmentId", file.attachmentId());
        block.put("fileName", file.name()).put("contentType", file.type()).put("size", file.size());
        if (!file.sha256().isEmpty()) {
            block.put("sha256", file.sha256());
        }
        block.put("downloadUrl", address.url().toString());
        block.put("expiresAt", address.expiresAt().toString());
        block.set("actor", file.author().block());
    }

    void remediation(String ticketId, String workflow, String outcome, String output) {
        voice.tell(ticketId, "ticket.remediation", Optional.empty(), (block, data) -> {
            data.put("workflow", workflow).put("outcome", outcome).put("output", output);
            data.set("actor", Author.bot().block());
        });
    }

    void status(String ticketId, String to, Optional<String> command) {
        voice.tell(ticketId, "ticket.status-changed", command, (block, data) -> {
            data.put("from", block.path("state").asText()).put("to", to);
            block.put("state", to);
        });
    }

    /** A field that no other event tells. */
    void updated(String ticketId, String field, String value, Optional<String> command) {
        voice.tell(ticketId, "ticket.updated", command, (block, data) -> {
            data.withObject("/changed/" + field)
                    .put("old", block.path(field).asText())
                    .put("new", value);
            block.put(field, value);
        });
    }

    /** Somebody works on it, which is no field of the ticket. */
    void acknowledged(String ticketId, String by, Optional<String> command) {
        voice.tell(
                ticketId,
                "ticket.updated",
                command,
                (block, data) -> data.set("changed", Blocks.changed("acknowledgedBy", "", by)));
    }

    /** The signal is healthy again. */
    void recovered(String ticketId) {
        voice.tell(ticketId, "ticket.resolved", Optional.empty(), (block, data) -> {
            resolve(block, data);
            data.put("reason", "recovered");
        });
    }

    /** A person closes a recorded issue. */
    void closedByPerson(String ticketId, String closureReason, String by, String text, Optional<String> command) {
        voice.tell(ticketId, "ticket.resolved", command, (block, data) -> {
            resolve(block, data);
            data.put("reason", "closedByPerson").put("closedBy", by);
            data.put("closureCategory", shortened(closureReason));
            if (!text.isEmpty()) {
                data.put("text", text);
            }
        });
    }

    private void resolve(ObjectNode block, ObjectNode data) {
        block.put("state", TrackedTicket.RESOLVED).put("lastResolvedAt", now());
        data.put("at", now());
    }

    /** Unhealthy again. */
    void reopened(String ticketId) {
        voice.tell(ticketId, "ticket.reopened", Optional.empty(), (block, data) -> {
            data.put("reason", "unhealthy");
            data.put("previousResolvedAt", block.path("lastResolvedAt").asText(now()));
            block.put("state", TrackedTicket.INVESTIGATING);
            block.put("occurrence", block.path("occurrence").asInt(1) + 1);
            block.put("createdAt", now());
        });
    }

    /** Silences the signal of a ticket, or hears it again; a recorded issue has none. */
    void suppressed(
            String ticketId,
            boolean silent,
            Author author,
            String reason,
            Optional<Instant> until,
            Optional<String> command) {
        voice.tell(ticketId, silent ? "signal.suppressed" : "signal.unsuppressed", command, (block, data) -> {
            data.set("key", block.path("key"));
            data.set("actor", author.block());
            if (!reason.isEmpty()) {
                data.put("reason", reason);
            }
            until.ifPresent(time -> data.put("until", time.toString()));
            if (!silent) {
                data.put("currentHealth", health(block.path("state").asText()));
            }
        });
        voice.tell(ticketId, "ticket.updated", command, (block, data) -> {
            data.set("changed", Blocks.changed("suppressed", String.valueOf(!silent), String.valueOf(silent)));
            block.put("suppressed", silent);
        });
    }

    private static String health(String state) {
        return switch (state) {
            case TrackedTicket.RESOLVED, TrackedTicket.CLOSED -> "healthy";
            default -> "unhealthy";
        };
    }

    /** The whole ticket as it is now. */
    void snapshot(String ticketId, Optional<String> command) {
        Snapshot snapshot = voice.of(ticketId, Snapshot::of);
        voice.tell(ticketId, "ticket.snapshot", command, (block, data) -> {
            data.set("history", snapshot.history());
            data.set("messages", snapshot.messages());
            var attachments = data.putArray("attachments");
            snapshot.files().forEach(file -> describe(file, attachments.addObject()));
        });
    }

    private String now() {
        return clock.instant().toString();
    }

    private static String shortened(String text) {
        return text.codePoints()
                .limit(LONGEST_LABEL)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
