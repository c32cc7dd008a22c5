package io.roombridge.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.path.NodePath;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Origin;
import io.roombridge.ticket.PortalState;
import io.roombridge.ticket.PortalTicket;
import io.roombridge.ticket.Severity;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a report of a device's health as word about the signal Offline of the room where it stands: the event with the
 * ticket block that the portal would send, so that it goes the way of the portal's own. Pure.
 */
public final class HealthReports {

    private static final String SIGNAL = "Offline";
    private static final NodePath AT = ContractViolation.EVENT.append(PortalEvents.DATA);

    private final StrictJson json = new StrictJson();
    private final ChangeReader changes = new ChangeReader(json.mapper());

    /**
     * Which ticket a report of this device belongs to.
     *
     * @param blocks {@code rooms} and {@code device} as the portal named them last, a JSON object
     */
    public TicketKey.RoomSignal key(Change report, String blocks) {
        ObjectNode place = object(blocks);
        return new TicketKey.RoomSignal(
                report.tenant(),
                place.at("/rooms/0/roomId").asText(),
                place.at("/device/role").asText(TicketKey.RoomSignal.DEFAULT_ROLE),
                SIGNAL,
                TicketKey.RoomSignal.DEFAULT_INSTANCE);
    }

    /**
     * The report as a change of that ticket.
     *
     * @param known the ticket, if anything was ever heard of it
     */
    public Change ofTicket(Change report, String blocks, Optional<Ticket> known) {
        ObjectNode place = object(blocks);
        TicketKey.RoomSignal key = key(report, blocks);
        ObjectNode event = object(report.payload());
        ObjectNode data = (ObjectNode) event.get(PortalEvents.DATA);
        data.setAll(place);
        data.set("ticket", known.map(ticket -> block(report, ticket)).orElseGet(() -> block(report, place)));
        data.withObject("/ticket/key")
                .put("roomId", key.room())
                .put("deviceRole", key.role())
                .put("signalType", SIGNAL)
                .put("instance", key.instance());
        return changes.read(report.kind(), event, true);
    }

    /** What the portal said last, with the state of now; an outage that begins counts as it would count it. */
    private ObjectNode block(Change report, Ticket known) {
        PortalTicket last = known.portal();
        boolean begins = offline(report) && !known.unhealthy();
        boolean goesOn = offline(report) && last.state().unhealthy();
        ObjectNode block = json.mapper().createObjectNode();
        block.put("ticketId", last.portalTicketId())
                .put("origin", last.origin().label())
                .put("state", (goesOn ? last.state() : state(report)).label())
                .put("severity", last.severity().label())
                .put("title", last.title())
                .put("occurrence", last.occurrence() + (begins ? 1 : 0))
                .put("createdAt", (begins ? report.at() : last.createdAt()).toString())
                .put("highImpact", last.highImpact())
                .put("suppressed", last.suppressed());
        last.description().ifPresent(text -> block.put("description", text));
        last.recommendedAction().ifPresent(text -> block.put("recommendedAction", text));
        last.lastResolvedAt().ifPresent(at -> block.put("lastResolvedAt", at.toString()));
        last.portalUrl().ifPresent(url -> block.put("portalUrl", url));
        return block;
    }

    /** A ticket that the portal has not named; its severity there goes by the platform (facts/portal.md, section 2.2). */
    private ObjectNode block(Change report, ObjectNode place) {
        boolean windows = place.at("/device/platform").asText("windows").equalsIgnoreCase("windows");
        return json.mapper()
                .createObjectNode()
                .put("ticketId", PortalTicket.NOT_NAMED)
                .put("origin", Origin.SYSTEM.label())
                .put("state", state(report).label())
                .put("severity", (windows ? Severity.IMPORTANT : Severity.CRITICAL).label())
                .put("title", SIGNAL)
                .put("occurrence", 1)
                .put("createdAt", report.at().toString());
    }

    private static PortalState state(Change report) {
        return offline(report) ? PortalState.NEEDS_ACTION : PortalState.RESOLVED;
    }

    private static boolean offline(Change report) {
        return ((Detail.Health) report.detail()).offline();
    }

    private ObjectNode object(String text) {
        return (ObjectNode) json.read(text.getBytes(StandardCharsets.UTF_8), AT);
    }
}
