package io.roombridge;

import io.roombridge.play.CampusDayPlay;
import io.roombridge.play.CampusMonthPlay;
import io.roombridge.play.TwoWayPlay;
import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.SandboxClock;
import io.roombridge.sandbox.portal.Campus;
import io.roombridge.sandbox.portal.CampusDays;
import io.roombridge.sandbox.portal.CampusMonth;
import io.roombridge.sandbox.portal.PortalSimulator;
import io.roombridge.sandbox.portal.SandboxDesk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the main job without any account: embedded endpoints, a simulated campus and the bridge, in one process. Plays day
 * after day, or one named play to its end.
 */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Run the bridge between embedded endpoints and a simulated campus; no account, no Docker.")
final class SandboxCommand implements Callable<Integer> {

    /** The campus lives in June 2026, a month without a change of clocks; a day is the same whenever it is played. */
    static final String CAMPUS_DAY = "campus-day";

    static final String CAMPUS_MONTH = "campus-month";

    static final String TWO_WAY = "two-way";

    private static final List<String> PLAYS = List.of(CAMPUS_DAY, CAMPUS_MONTH, TWO_WAY);

    /** People of a conversation wait for each other; at this speed nobody waits long for what is gathered for minutes. */
    private static final double CONVERSATION_SPEED = 60;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data/sandbox",
            description = "Where the store and sandbox.json lie; emptied at the start (default: ${DEFAULT-VALUE}).")
    private Path dataDir;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the bridge's management API; 0 = any free port.")
    private int httpPort;

    @Option(
            names = "--servicenow-port",
            paramLabel = "PORT",
            defaultValue = "8180",
            description = "http port of the embedded ServiceNow; 0 = any free port (default: ${DEFAULT-VALUE}).")
    private int serviceNowPort;

    @Option(
            names = "--servicenow-https-port",
            paramLabel = "PORT",
            defaultValue = "8181",
            description = "https port of the embedded ServiceNow; 0 = any free port (default: ${DEFAULT-VALUE}).")
    private int serviceNowHttpsPort;

    @Option(
            names = "--hubs-port",
            paramLabel = "PORT",
            defaultValue = "5672",
            description = "AMQP port of the embedded Event Hubs; 0 = any free port (default: ${DEFAULT-VALUE}).")
    private int hubsPort;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Determines the campus and what happens on it (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "120",
            description = "How much faster than real time the campus lives (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--play",
            paramLabel = "NAME",
            description =
                    "Instead of day after day, play campus-day (one fixed day), campus-month (in shadow mode, for report)"
                            + " or two-way (one conversation).")
    private String play;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many days of campus-month are played (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--exit", description = "End after the play; exit code 0 only if everything is as it should be.")
    private boolean exit;

    @Option(names = "--no-portal", description = "Leave out the simulated campus.")
    private boolean noPortal;

    @Option(names = "--no-bridge", description = "Leave out the bridge.")
    private boolean noBridge;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Closings closings = new Closings();
        try {
            return run(closings);
        } finally {
            closings.close(null);
        }
    }

    private void check() {
        if (play != null && !PLAYS.contains(play)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no play '" + play + "'; there are: " + String.join(", ", PLAYS));
        }
        if (days < 1 || days > CampusDayPlay.FIRST_DAY.lengthOfMonth()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--days is " + days + "; the month has " + CampusDayPlay.FIRST_DAY.lengthOfMonth());
        }
        if (play != null && (noPortal || noBridge)) {
            throw new ParameterException(spec.commandLine(), "a play needs both the portal and the bridge");
        }
        if (exit && play == null) {
            throw new ParameterException(spec.commandLine(), "--exit goes with --play");
        }
    }

    private int run(Closings closings) throws IOException, InterruptedException {
        SandboxClock clock = clock();
        Sandbox sandbox = closings.onClose(
                "sandbox",
                Sandbox.start(dataDir, new Sandbox.Ports(hubsPort, serviceNowPort, serviceNowHttpsPort), clock, seed));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Event Hubs   amqp://localhost:" + sandbox.hubs().port() + "  (connection string in "
                + dataDir.resolve("sandbox.json") + ")");
        out.println("ServiceNow   " + sandbox.serviceNow().url() + "  (user "
                + sandbox.serviceNow().accounts().admin().name() + ", password "
                + sandbox.serviceNow().accounts().admin().password() + ")");
        out.println("             " + sandbox.serviceNow().httpsUrl() + "  (certificate authority "
                + dataDir.resolve("ca.pem") + ")");
        out.println("Files        " + sandbox.portal().content().url() + "  (the portal's content server)");
        if (noPortal) {
            // Whoever sends the events takes the commands too.
            sandbox.portal().pauseRelay(true);
        }
        SandboxSettings settings = new SandboxSettings(sandbox, dataDir, httpPort);
        if (noBridge) {
            out.println("Bridge       yours: java -jar target/roombridge.jar run --config " + settings.outside());
            return ready(closings, sandbox, clock, null, out);
        }
        Bridge bridge = closings.onClose("bridge", Bridge.start(settings.inside(play), clock, Clock.systemUTC()));
        out.println("Bridge       running, data in " + dataDir.resolve("bridge"));
        return ready(closings, sandbox, clock, bridge, out);
    }

    private int ready(Closings closings, Sandbox sandbox, SandboxClock clock, Bridge bridge, PrintWriter out)
            throws IOException, InterruptedException {
        sandbox.announce();
        out.flush();
        if (play != null) {
            boolean good =
                    switch (play) {
                        case TWO_WAY -> new TwoWayPlay(sandbox, bridge, clock, seed).play(out);
                        case CAMPUS_MONTH ->
                            new CampusMonthPlay(
                                            sandbox,
                                            bridge,
                                            clock,
                                            new CampusMonth(seed, CampusDayPlay.FIRST_DAY, days))
                                    .play(out);
                        default -> new CampusDayPlay(sandbox, bridge, clock, seed).play(out);
                    };
            out.flush();
            if (exit) {
                return good ? 0 : Main.FAILURE;
            }
        } else if (!noPortal) {
            startPortal(closings, sandbox, clock, out);
        }
        TicketTicker ticker = closings.onClose("ticker", new TicketTicker(sandbox.serviceNow(), out));
        ticker.start();
        RunCommand.awaitSignal(() -> closings.close(null));
        return 0;
    }

    private void startPortal(Closings closings, Sandbox sandbox, SandboxClock clock, PrintWriter out) {
        PortalSimulator portal =
                closings.onClose("portal", new PortalSimulator(sandbox.hubs().connectionString(Sandbox.EVENTS), clock));
        portal.start(new CampusDays(Campus.of(seed), CampusDayPlay.FIRST_DAY), new SandboxDesk(sandbox.serviceNow()));
        out.println("Portal       a campus of rooms, " + speed + " times as fast as real time, seed " + seed);
        out.println("Ctrl-C ends it.");
        out.flush();
    }

    /**
     * A day that is played jumps from instant to instant. Otherwise the campus lives at its speed, and wakes up when its first faults
     * have happened, so that a newcomer sees tickets at once.
     */
    private SandboxClock clock() {
        if (TWO_WAY.equals(play)) {
            return SandboxClock.running(onFirstDay(8, 0), CONVERSATION_SPEED);
        }
        if (play != null) {
            return SandboxClock.standingStill(onFirstDay(5, 59));
        }
        return noPortal
                ? SandboxClock.running(Clock.systemUTC().instant(), 1)
                : SandboxClock.running(onFirstDay(8, 0), speed);
    }

    private static Instant onFirstDay(int hour, int minute) {
        return CampusDayPlay.FIRST_DAY.atTime(LocalTime.of(hour, minute)).toInstant(ZoneOffset.UTC);
    }
}
