package io.roombridge.play;

import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.SandboxClock;
import io.roombridge.sandbox.portal.CampusDay;
import io.roombridge.sandbox.portal.DayCheck;
import io.roombridge.sandbox.portal.PortalSimulator;
import io.roombridge.sandbox.portal.SandboxDesk;
import io.roombridge.sandbox.portal.Summary;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;

/**
 * Plays one day through the bridge, as fast as the bridge is through with each instant, and has it judged. The clock
 * jumps; only the bridge's own calls take real time.
 */
public final class CampusDayPlay {

    /** The day that is played, and the first one of a simulated campus. */
    public static final LocalDate FIRST_DAY = LocalDate.of(2026, 6, 1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Sandbox sandbox;
    private final PlayedBridge bridge;
    private final SandboxClock clock;
    private final long seed;
    private final Quiet quiet;

    public CampusDayPlay(Sandbox sandbox, PlayedBridge bridge, SandboxClock clock, long seed) {
        this.sandbox = sandbox;
        this.bridge = bridge;
        this.clock = clock;
        this.seed = seed;
        this.quiet = new Quiet(sandbox, bridge, LONGEST_WAIT);
    }

    /** Prints the summary; true if every admitted ticket has exactly one chain, with its incident in the right state. */
    public boolean play(PrintWriter out) {
        CampusDay day = CampusDay.of(seed, FIRST_DAY);
        SandboxDesk desk = new SandboxDesk(sandbox.serviceNow());
        try (PortalSimulator portal = new PortalSimulator(sandbox.hubs().connectionString(Sandbox.EVENTS), clock)) {
            // The first look only sees how much the hub holds.
            bridge.keepAppointments();
            portal.play(day, quiet::await, desk);
            quiet.letAppointmentsRunOut(clock);
            DayCheck.Verdict verdict = DayCheck.judge(day.truth(), desk);
            Summary summary = new Summary(seed, day.truth(), portal.published(), bridgeCalls(), verdict);
            bridge.outcomes().counts().forEach((label, count) -> out.printf("  %6d %s%n", count, label));
            out.print(summary.text());
            return verdict.passed();
        }
    }

    private long bridgeCalls() {
        return sandbox.serviceNow().requests().total();
    }
}
