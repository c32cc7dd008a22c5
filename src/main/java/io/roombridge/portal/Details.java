package io.roombridge.portal;

import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Change.Detail.Lifecycle.Stage;
import io.roombridge.ticket.Change.Kind;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.Severity;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What each kind of event says beyond its blocks (facts/portal.md, section 9.3). */
final class Details {

    private Details() {}

    static Detail of(Kind kind, String tenant, Instant at, Block data) {
        return switch (kind) {
            case TICKET_OPENED, TICKET_UPDATED, TICKET_REOPENED, TICKET_SNAPSHOT, ROOM_CHANGED -> new Detail.None();
            case TICKET_STATUS_CHANGED ->
                new Detail.StatusShift(
                        data.word("from", PortalState::of), data.word("to", PortalState::of), data.find("action"));
            case TICKET_SEVERITY_CHANGED ->
                new Detail.SeverityShift(
                        data.word("from", Severity::of), data.word("to", Severity::of), data.find("reason"));
            case TICKET_MESSAGE_ADDED -> message(at, data);
            case TICKET_ATTACHMENT_ADDED -> attachment(data);
            case TICKET_REMEDIATION ->
                new Detail.Remediation(
                        data.text("workflow"), data.text("outcome"), data.find("output"), data.find("nextSteps"));
            case TICKET_RESOLVED -> new Detail.Recovery(data.text("reason"), data.find("closedBy"));
            case TICKET_CLOSED -> new Detail.Recovery(data.text("closeReason"), data.find("closedBy"));
            case SIGNAL_SUPPRESSED -> ofSignal(tenant, data, true);
            case SIGNAL_UNSUPPRESSED -> ofSignal(tenant, data, false);
            case DEVICE_SUPPRESSED ->
                new Detail.Suppression(Optional.empty(), true, data.findTime("until"), unhealthyNow(data));
            case DEVICE_UNSUPPRESSED ->
                new Detail.Suppression(Optional.empty(), false, Optional.empty(), unhealthyNow(data));
            case SIGNAL_DISABLED -> signalSwitch(data, false);
            case SIGNAL_ENABLED -> signalSwitch(data, true);
            case DEVICE_ONBOARDING -> new Detail.Lifecycle(Stage.ONBOARDING, data.find("reason"));
            case DEVICE_ENROLLED -> new Detail.Lifecycle(Stage.ENROLLED, data.find("reason"));
            case DEVICE_UNENROLLED -> new Detail.Lifecycle(Stage.UNENROLLED, data.find("reason"));
            case DEVICE_REPLACED ->
                new Detail.Replacement(data.findBlock("previousDevice").map(previous -> previous.text("deviceId")));
            case DEVICE_HEALTH_CHANGED ->
                new Detail.Health(data.text("to").strip().toLowerCase(Locale.ROOT), data.find("account"));
            case STREAM_HEARTBEAT -> new Detail.Heartbeat(data.time("partitionWatermark"));
        };
    }

    private static Detail message(Instant at, Block data) {
        return new Detail.Message(
                data.text("messageId"),
                data.findTime("at").orElse(at),
                data.text("text"),
                data.find("format").filter("html"::equals).isPresent(),
                data.text("visibility").equals("customer"),
                Blocks.actor(data.block("actor")).type().human());
    }

    private static Detail attachment(Block data) {
        return new Detail.Attachment(
                data.text("attachmentId"),
                data.text("fileName"),
                data.text("contentType"),
                data.number("size"),
                data.find("sha256"),
                data.text("downloadUrl"));
    }

    private static Detail ofSignal(String tenant, Block data, boolean suppressed) {
        return new Detail.Suppression(
                Optional.of(Blocks.roomSignal(tenant, data.block("key"))),
                suppressed,
                data.findTime("until").filter(until -> suppressed),
                unhealthyNow(data));
    }

    private static Optional<Boolean> unhealthyNow(Block data) {
        return data.find("currentHealth")
                .filter(health -> !health.equals("unknown"))
                .map("unhealthy"::equals);
    }

    private static Detail signalSwitch(Block data, boolean enabled) {
        return new Detail.SignalSwitch(data.text("signalType"), data.texts("deviceTypes"), enabled);
    }
}
