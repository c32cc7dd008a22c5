package io.roombridge.sandbox.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The portal's own record of one ticket. Each method is something that happens to the ticket: it moves the record on and
 * returns the event that tells of it, with the ticket's next sequence and its whole state afterwards.
 */
final class TrackedTicket {

    static final String WATCHING = "watching";
    static final String INVESTIGATING = "investigating";
    static final String NEEDS_ACTION = "needsAction";
    static final String RESOLVED = "resolved";
    static final String CLOSED = "closed";
    static final String SIGNAL_DISABLED = "signalDisabled";

    /** A script numbers its events in steps, so that what the relay tells between two of them finds a number. */
    static final long SEQUENCE_STEP = 1_000_000;

    private final EventPen pen;
    private List<MeetingRoom> rooms;
    // Exactly one of signal and title is there: a ticket is about a room signal or was recorded by a person.
    private Optional<RoomSignal> signal;
    private final Optional<String> title;

    private String portalId;
    private RoomDevice device;
    private String signalName;
    private String severity;
    private String state;
    private String lifecycle = RoomNews.ENROLLED;
    private Optional<Boolean> suppressed = Optional.empty();
    private boolean highImpact;
    private boolean reactivatable = true;
    private long sequence;
    private int occurrence;
    private Instant createdAt;
    private Optional<Instant> resolvedAt = Optional.empty();
    private Optional<Instant> closedAt = Optional.empty();

    private TrackedTicket(
            EventPen pen,
            Optional<RoomSignal> signal,
            Optional<String> title,
            List<MeetingRoom> rooms,
            RoomDevice device) {
        this.pen = pen;
        this.signal = signal;
        this.title = title;
        this.rooms = rooms;
        this.device = device;
        this.portalId = pen.portalTicketId();
    }

    static TrackedTicket of(RoomSignal signal, EventPen pen) {
        TrackedTicket ticket =
                new TrackedTicket(pen, Optional.of(signal), Optional.empty(), List.of(signal.room()), signal.device());
        ticket.signalName = signal.signal().label();
        ticket.severity = signal.severity();
        return ticket;
    }

    /** An issue that a person recorded for one or more rooms. */
    static TrackedTicket recorded(List<MeetingRoom> rooms, String title, boolean highImpact, EventPen pen) {
        TrackedTicket ticket = new TrackedTicket(
                pen,
                Optional.empty(),
                Optional.of(title),
                rooms,
                rooms.get(0).devices().get(0));
        ticket.severity = "critical";
        ticket.highImpact = highImpact;
        return ticket;
    }

    TicketName name() {
        return signal.map(RoomSignal::name)
                .orElseGet(() -> TicketName.ofRecordedIssue(rooms.get(0).tenant(), portalId));
    }

    boolean recordedByPerson() {
        return title.isPresent();
    }

    boolean unhealthy() {
        return INVESTIGATING.equals(state) || NEEDS_ACTION.equals(state);
    }

    // What is known of the ticket beyond its own life. Nothing is told until the next event.

    TrackedTicket withSeverity(String other) {
        severity = other;
        return this;
    }

    /** The portal goes on under the signal's newer name; the ticket stays the same. */
    void renameSignal() {
        signalName = signal.orElseThrow().signal().newerName();
    }

    void setLifecycle(String stage) {
        lifecycle = stage;
    }

    void setSuppressed(boolean silent) {
        suppressed = Optional.of(silent);
    }

    /** The room or its device changed; the ticket stays the same. */
    void moveTo(RoomSignal present) {
        signal = Optional.of(present);
        rooms = List.of(present.room());
        device = present.device();
    }

    // What happens to it.

    /** Before activation: something is odd, nothing is unhealthy yet (facts/portal.md, section 2.3). */
    PortalEvent watching(Instant at) {
        state = WATCHING;
        createdAt = at;
        return write("ticket.updated", at, data -> data.set("changed", Blocks.changed("state", "new", WATCHING)));
    }

    PortalEvent stillHealthy(Instant at) {
        state = RESOLVED;
        return write("ticket.updated", at, data -> data.set("changed", Blocks.changed("state", WATCHING, RESOLVED)));
    }

    /**
     * The signal becomes unhealthy: a new ticket, or the one it always had. A ticket that was closed because its signal was
     * disabled is never reactivated: the portal gives the signal another ticket id (facts/portal.md, section 3.1).
     */
    PortalEvent unhealthy(Instant at) {
        if (occurrence > 0 && reactivatable) {
            return reopened(at);
        }
        if (occurrence > 0) {
            portalId = pen.portalTicketId();
            reactivatable = true;
        }
        return opened(at);
    }

    private PortalEvent opened(Instant at) {
        state = INVESTIGATING;
        occurrence++;
        createdAt = at;
        return write("ticket.opened", at, data -> {});
    }

    /** A person records an issue: it waits for a person from its first moment. */
    PortalEvent recorded(Instant at) {
        state = NEEDS_ACTION;
        occurrence++;
        createdAt = at;
        return write("ticket.opened", at, data -> {});
    }

    PortalEvent status(Instant at, String to) {
        String from = state;
        state = to;
        return write("ticket.status-changed", at, data -> {
            data.put("from", from);
            data.put("to", to);
            if (to.equals(NEEDS_ACTION)) {
                data.put("action", action());
            }
        });
    }

    PortalEvent severity(Instant at, String to, String reason) {
        String from = severity;
        severity = to;
        return write("ticket.severity-changed", at, data -> {
            data.put("from", from);
            data.put("to", to);
            data.put("reason", reason);
        });
    }

    PortalEvent updated(Instant at, String field, String from, String to) {
        return write("ticket.updated", at, data -> data.set("changed", Blocks.changed(field, from, to)));
    }

    PortalEvent botMessage(Instant at, String text) {
        return message(at, Blocks.bot(), text, "internal");
    }

    PortalEvent customerMessage(Instant at, String person, String text) {
        String account = RoomNews.slug(person) + "@rooms.example";
        return message(at, Blocks.actor("customer", account, person), text, "customer");
    }

    private PortalEvent message(Instant at, ObjectNode actor, String text, String visibility) {
        return write("ticket.message-added", at, data -> {
            data.put("messageId", pen.freshId());
            data.set("actor", actor);
            data.put("at", at.toString());
            data.put("text", text);
            data.put("format", "text");
            data.put("visibility", visibility);
        });
    }

    PortalEvent remediation(Instant at, String outcome) {
        return write("ticket.remediation", at, data -> {
            data.put("workflow", "Restart the room system");
            data.put("outcome", outcome);
            data.put("output", "Restarted at " + at + "; outcome " + outcome);
            data.put("nextSteps", outcome.equals("success") ? "None" : action());
        });
    }

    PortalEvent resolved(Instant at) {
        return recovered(at, data -> data.put("reason", "recovered"));
    }

    /** A person closes a recorded issue: the closure category is mandatory (facts/portal.md, section 3.1). */
    PortalEvent resolvedBy(Instant at, String person) {
        return recovered(at, data -> {
            data.put("reason", "closedByPerson");
            data.put("closureCategory", "Fixed on site");
            data.put("closedBy", person);
        });
    }

    private PortalEvent recovered(Instant at, DataWriter details) {
        state = RESOLVED;
        resolvedAt = Optional.of(at);
        return write("ticket.resolved", at, data -> {
            details.write(data);
            data.put("at", at.toString());
        });
    }

    private PortalEvent reopened(Instant at) {
        String before = resolvedAt.map(Instant::toString).orElse(createdAt.toString());
        state = INVESTIGATING;
        occurrence++;
        createdAt = at;
        return write("ticket.reopened", at, data -> {
            data.put("previousResolvedAt", before);
            data.put("reason", "unhealthy");
        });
    }

    PortalEvent closed(Instant at, String reason) {
        state = CLOSED;
        closedAt = Optional.of(at);
        reactivatable = !reason.equals(SIGNAL_DISABLED);
        return write("ticket.closed", at, data -> {
            data.put("closeReason", reason);
            data.put("reactivatable", reactivatable);
        });
    }

    private interface DataWriter {
        void write(ObjectNode data);
    }

    private PortalEvent write(String eventName, Instant at, DataWriter details) {
        sequence += SEQUENCE_STEP;
        ObjectNode data = Blocks.object();
        data.set("ticket", block(at));
        data.set("rooms", Blocks.rooms(rooms, lifecycle));
        if (signal.isPresent()) {
            data.set("device", Blocks.device(device));
        }
        details.write(data);
        MeetingRoom first = rooms.get(0);
        String partitionKey = signal.isPresent()
                ? RoomNews.partitionKey(first)
                : String.join("|", first.tenant(), "recorded", portalId);
        return new PortalEvent(
                pen.freshId(),
                eventName,
                at,
                first.tenant(),
                partitionKey,
                subject(),
                Optional.of(portalId),
                OptionalLong.of(sequence),
                PortalEvent.Form.VALID,
                data);
    }

    private String subject() {
        return signal.map(about -> String.join(
                        "/",
                        "rooms",
                        about.room().id(),
                        "signals",
                        RoomNews.slug(about.signal().label()),
                        about.instance()))
                .orElse("tickets/" + portalId);
    }

    private ObjectNode block(Instant at) {
        ObjectNode block = Blocks.object();
        block.put("ticketId", portalId);
        block.set(
                "key",
                signal.map(about -> key(about, signalName))
                        .orElseGet(() -> Blocks.object().put("recorded", true)));
        block.put("origin", signal.isPresent() ? "system" : "customer");
        block.put("state", state);
        block.put("severity", severity);
        block.put("category", signal.map(about -> about.signal().category()).orElse("Recorded"));
        block.put("title", title.orElseGet(() -> signal.orElseThrow().signal().title()));
        signal.ifPresent(about -> block.put("description", about.signal().description()));
        block.put("recommendedAction", action());
        block.put("occurrence", Math.max(occurrence, 1));
        block.put("createdAt", createdAt.toString());
        block.put("lastUpdatedAt", at.toString());
        resolvedAt.ifPresent(time -> block.put("lastResolvedAt", time.toString()));
        closedAt.ifPresent(time -> block.put("lastClosedAt", time.toString()));
        block.put("portalUrl", "https://portal.rooms.example/incidents/" + portalId);
        block.put("highImpact", highImpact);
        suppressed.ifPresent(silent -> block.put("suppressed", silent));
        return block;
    }

    private String action() {
        return signal.map(about -> about.signal().recommendedAction())
                .orElse("Visit the room and call the reporter back.");
    }

    static ObjectNode key(RoomSignal signal, String signalName) {
        ObjectNode key = Blocks.object();
        key.put("roomId", signal.room().id());
        key.put("deviceRole", signal.device().role());
        key.put("signalType", signalName);
        key.put("instance", signal.instance());
        return key;
    }
}
