package io.roombridge.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One portal event in the language of the bridge: what changed, for which ticket or room, and when.
 *
 * @param id the dedupe key
 * @param at the event's own time (CloudEvents {@code time}), an instant
 * @param partitionKey the CloudEvents {@code partitionkey}: changes with the same key keep their order
 * @param sequence strictly rising for each ticket; empty for events that belong to no ticket
 * @param ticket the ticket block, present in every {@code ticket.*} event
 * @param rooms the room of the ticket, or several for a recorded issue
 * @param correlationId the id of the bridge's command that caused this event, if one did: the guard against echoes
 * @param payload the whole event as structured-mode JSON, for mappings, history and dead letters
 */
public record Change(
        ChangeId id,
        Kind kind,
        String tenant,
        Instant at,
        String partitionKey,
        OptionalLong sequence,
        Optional<PortalTicket> ticket,
        List<Room> rooms,
        Optional<Device> device,
        Optional<Actor> actor,
        Detail detail,
        Optional<String> correlationId,
        String payload) {

    public Change {
        rooms = List.copyOf(rooms);
    }

    /** The id of the ticket this change belongs to, if it belongs to one. */
    public Optional<TicketId> ticketId() {
        return ticket.map(block -> block.key().id());
    }

    /** The event types this bridge acts on (facts/portal.md, section 9.3). */
    public enum Kind {
        TICKET_OPENED("ticket.opened"),
        TICKET_UPDATED("ticket.updated"),
        TICKET_STATUS_CHANGED("ticket.status-changed"),
        TICKET_SEVERITY_CHANGED("ticket.severity-changed"),
        TICKET_MESSAGE_ADDED("ticket.message-added"),
        TICKET_ATTACHMENT_ADDED("ticket.attachment-added"),
        TICKET_REMEDIATION("ticket.remediation"),
        TICKET_RESOLVED("ticket.resolved"),
        TICKET_REOPENED("ticket.reopened"),
        TICKET_CLOSED("ticket.closed"),
        TICKET_SNAPSHOT("ticket.snapshot"),
        SIGNAL_SUPPRESSED("signal.suppressed"),
        SIGNAL_UNSUPPRESSED("signal.unsuppressed"),
        SIGNAL_DISABLED("signal.disabled"),
        SIGNAL_ENABLED("signal.enabled"),
        DEVICE_SUPPRESSED("device.suppressed"),
        DEVICE_UNSUPPRESSED("device.unsuppressed"),
        DEVICE_ENROLLED("device.enrolled"),
        DEVICE_ONBOARDING("device.onboarding"),
        DEVICE_UNENROLLED("device.unenrolled"),
        DEVICE_REPLACED("device.replaced"),
        DEVICE_HEALTH_CHANGED("device.health-changed"),
        ROOM_CHANGED("room.changed"),
        STREAM_HEARTBEAT("stream.heartbeat");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The event's name between {@code io.roombridge.portal.} and {@code .v1}. */
        public String label() {
            return label;
        }

        public static Optional<Kind> of(String label) {
            return Labels.find(values(), Kind::label, label);
        }
    }

    /** What a change says beyond its blocks; one record for each kind that says more. */
    public sealed interface Detail {

        /** Nothing beyond the blocks. */
        record None() implements Detail {}

        /** A note or message. {@code customerVisible} tells a message for people from an internal one. */
        record Message(String messageId, Instant at, String text, boolean html, boolean customerVisible, boolean human)
                implements Detail {}

        record Attachment(
                String attachmentId,
                String fileName,
                String contentType,
                long sizeBytes,
                Optional<String> sha256,
                String downloadUrl)
                implements Detail {}

        /** An automatic diagnosis or repair ended. */
        record Remediation(String workflow, String outcome, Optional<String> output, Optional<String> nextSteps)
                implements Detail {}

        /** The signal is healthy again, or a person closed a recorded issue ({@code closedBy}). */
        record Recovery(String reason, Optional<String> closedBy) implements Detail {}

        record StatusShift(PortalState from, PortalState to, Optional<String> action) implements Detail {}

        record SeverityShift(Severity from, Severity to, Optional<String> reason) implements Detail {}

        /**
         * A signal of a room ({@code signal} present) or a whole device is silenced or heard again.
         *
         * @param until when the silence lapses by itself; empty when it has to be lifted
         */
        record Suppression(
                Optional<TicketKey> signal, boolean suppressed, Optional<Instant> until, Optional<Boolean> unhealthyNow)
                implements Detail {}

        /**
         * Somebody else than the portal says how a device is; it knows neither room nor ticket.
         *
         * @param health {@code offline}, {@code healthy}, or another word that says nothing about a signal
         * @param account that is signed in on the device
         */
        record Health(String health, Optional<String> account) implements Detail {

            public boolean offline() {
                return health.equals("offline");
            }

            /** Whether it says anything about the signal Offline. */
            public boolean tells() {
                return offline() || health.equals("healthy");
            }
        }

        /** The hardware of a room was swapped; the change's own device is the new one. */
        record Replacement(Optional<String> previousDeviceId) implements Detail {}

        /** A tenant switched a signal off or on; no device types means all of them. */
        record SignalSwitch(String signal, List<String> deviceTypes, boolean enabled) implements Detail {}

        /** A device was enrolled, is being set up, or was removed. */
        record Lifecycle(Stage stage, Optional<String> reason) implements Detail {

            /** Onboarding devices raise no incidents (facts/portal.md, section 3.1). */
            public enum Stage {
                ONBOARDING,
                ENROLLED,
                UNENROLLED
            }
        }

        /** Everything the hub's partition holds up to the watermark was sent before this event. */
        record Heartbeat(Instant partitionWatermark) implements Detail {}
    }
}
