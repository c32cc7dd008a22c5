package io.roombridge.play;

import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.SandboxClock;
import io.roombridge.sandbox.portal.CampusMonth;
import io.roombridge.sandbox.portal.PortalSimulator;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;

/**
 * Plays a month through a bridge in shadow mode, for the report of it (docs/sandbox.md). The clock jumps; nobody works on
 * incidents, because there are none.
 */
public final class CampusMonthPlay {

    /** So many look-ups of the first morning find ServiceNow out of order. */
    private static final int FAULTS = 3;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Sandbox sandbox;
    private final PlayedBridge bridge;
    private final SandboxClock clock;
    private final CampusMonth month;
    private final Quiet quiet;

    public CampusMonthPlay(Sandbox sandbox, PlayedBridge bridge, SandboxClock clock, CampusMonth month) {
        this.sandbox = sandbox;
        this.bridge = bridge;
        this.clock = clock;
        this.month = month;
        this.quiet = new Quiet(sandbox, bridge, LONGEST_WAIT);
    }

    /**
     * Prints what happened; true if nothing was written to ServiceNow. How many tickets are admitted is the campus's own count,
     * with which the incidents of the report are to be compared.
     */
    public boolean play(PrintWriter out) {
        try (PortalSimulator portal = new PortalSimulator(sandbox.hubs().connectionString(Sandbox.EVENTS), clock)) {
            // The first look only sees how much the hub holds.
            bridge.keepAppointments();
            sandbox.serviceNow().faults().on(RequestMatcher.method("GET")).next(FAULTS, Fault.htmlPage(503));
            while (month.hasNext()) {
                portal.play(month.next(), quiet::await, action -> {});
            }
            quiet.letAppointmentsRunOut(clock);
            return told(out, portal.published());
        }
    }

    private boolean told(PrintWriter out, Map<String, Long> published) {
        long heartbeats = published.getOrDefault("stream.heartbeat", 0L);
        long events = published.values().stream().mapToLong(Long::longValue).sum() - heartbeats;
        long faults = published.getOrDefault("ticket.opened", 0L) + published.getOrDefault("ticket.reopened", 0L);
        int written = sandbox.serviceNow().desk().incidents().size();
        out.printf("campus month%n  events     %6d%n  faults     %6d, copies included%n", events, faults);
        out.printf("  admitted   %6d tickets%n", month.truth().admitted());
        out.printf("  written    %6d incidents%n", written);
        return written == 0;
    }
}
