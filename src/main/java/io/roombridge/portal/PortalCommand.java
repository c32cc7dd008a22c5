package io.roombridge.portal;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing the relay is asked to do on the portal (docs/events.md, "Commands").
 *
 * @param id the idempotency id, at most 200 characters: the relay performs a command once, and the event it causes carries
 *     the id back as its {@code correlationid}
 * @param tenant the tenant as its events name it
 * @param ticketId the portal's ticket id; empty only for a snapshot of every open ticket of the tenant
 * @param at when the bridge decided; sending the command again does not change it
 * @param traceparent the trace it belongs to (W3C), for the relay to go on with; empty while nothing is traced
 */
public record PortalCommand(
        String id,
        String tenant,
        Optional<String> ticketId,
        Instant at,
        Request request,
        Optional<String> traceparent) {

    /** Of no trace. */
    public PortalCommand(String id, String tenant, Optional<String> ticketId, Instant at, Request request) {
        this(id, tenant, ticketId, at, request, Optional.empty());
    }

    /** The same as a part of a trace. */
    public PortalCommand inTrace(Optional<String> parent) {
        return new PortalCommand(id, tenant, ticketId, at, request, parent);
    }

    /**
     * A command about one ticket.
     *
     * @throws IllegalArgumentException if a part of the identity is blank
     */
    public static PortalCommand about(String tenant, String ticketId, String id, Instant at, Request request) {
        return new PortalCommand(id, tenant, Optional.of(ticketId), at, request);
    }

    public PortalCommand {
        if (id.isBlank() || tenant.isBlank() || ticketId.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("a command needs an id, a tenant and a ticket id that are not blank");
        }
        if (ticketId.isEmpty() && !(request instanceof Request.SnapshotRequest)) {
            throw new IllegalArgumentException("only a snapshot can be asked for without naming a ticket");
        }
    }

    /** What is asked for. Closing a system ticket or changing a severity is not possible from outside. */
    public sealed interface Request {

        record MessageAdd(String text, boolean customerVisible, Optional<String> author) implements Request {}

        /** The content lies at {@code contentUrl} already. */
        record AttachmentAdd(String fileName, String contentType, long sizeBytes, String sha256, String contentUrl)
                implements Request {}

        /** Shows the incident at the ticket. */
        record LinkSnow(String number, String url) implements Request {}

        /** Only a recorded issue can be closed from outside (facts/portal.md, section 9.4). */
        record Close(String closureReason, Optional<String> text) implements Request {}

        /** Somebody works on the ticket. */
        record Ack(Optional<String> by, Optional<String> number) implements Request {}

        record Suppress(Optional<String> reason, Optional<Instant> until) implements Request {}

        record Unsuppress(Optional<String> reason) implements Request {}

        /** Asks for {@code ticket.snapshot}. */
        record SnapshotRequest() implements Request {}

        /** Asks for a fresh download URL. */
        record AttachmentUrl(String attachmentId) implements Request {}
    }
}
