package io.roombridge.ticket;

import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Change.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes for tests: one ticket of one room, told by kind, sequence and state. */
public final class Changes {

    public static final Instant MORNING = Instant.parse("2026-06-01T08:00:00Z");
    public static final TicketKey DISPLAY =
            new TicketKey.RoomSignal("contoso", "room-12", "compute", "display", "display-1");

    private Changes() {}

    public static Change opened(long sequence) {
        return change(Kind.TICKET_OPENED, sequence, PortalState.NEEDS_ACTION, Severity.IMPORTANT, 1);
    }

    public static Change resolved(long sequence) {
        return change(Kind.TICKET_RESOLVED, sequence, PortalState.RESOLVED, Severity.IMPORTANT, 1);
    }

    public static Change reopened(long sequence, int occurrence) {
        return change(Kind.TICKET_REOPENED, sequence, PortalState.NEEDS_ACTION, Severity.IMPORTANT, occurrence);
    }

    public static Change severity(long sequence, Severity severity) {
        return change(Kind.TICKET_SEVERITY_CHANGED, sequence, PortalState.NEEDS_ACTION, severity, 1);
    }

    public static Change message(String id) {
        Change base = opened(1);
        return new Change(
                new ChangeId("/mtrp#" + id),
                Kind.TICKET_MESSAGE_ADDED,
                base.tenant(),
                base.at(),
                base.partitionKey(),
                OptionalLong.of(99),
                base.ticket(),
                base.rooms(),
                base.device(),
                base.actor(),
                new Detail.Message(id, base.at(), "Please have a look", false, true, true),
                "{}");
    }

    public static Change change(Kind kind, long sequence, PortalState state, Severity severity, int occurrence) {
        Instant at = MORNING.plusSeconds(60 * sequence);
        PortalTicket ticket = new PortalTicket(
                "7B7365-EPDOLF",
                DISPLAY,
                Origin.SYSTEM,
                state,
                severity,
                "Display 1 is not detected",
                Optional.empty(),
                Optional.of("Check the cable"),
                occurrence,
                MORNING,
                Optional.empty(),
                Optional.empty(),
                false,
                false);
        return new Change(
                new ChangeId("/mtrp#" + kind.label() + "-" + sequence),
                kind,
                "contoso",
                at,
                "contoso|room-12",
                OptionalLong.of(sequence),
                Optional.of(ticket),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Detail.None(),
                "{\"sequence\":" + sequence + "}");
    }
}
