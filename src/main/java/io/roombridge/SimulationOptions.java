package io.roombridge;

import io.roombridge.closing.Calendars;
import io.roombridge.closing.InactivityRule;
import io.roombridge.closing.Simulation;
import io.roombridge.closing.Simulation.Replayed;
import io.roombridge.closing.TimeZones;
import io.roombridge.config.ClosingSettings;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.StoreLife;
import io.roombridge.portal.PortalEvents;
import io.roombridge.route.RecordedPast;
import io.roombridge.route.RoomPlaces;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Option;

/** A proposed rule or calendar, and how far back it is tried out on what is recorded. Reads the store, writes nothing. */
final class SimulationOptions {

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "With --simulate: how many days back (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--calendar",
            paramLabel = "FILE",
            description = "With --simulate: holiday corrections instead of the shipped ones, in the same form.")
    private Path calendar;

    @Option(
            names = "--customer-days",
            paramLabel = "N",
            description = "With --simulate: business days for tickets that a person started, instead of the setting.")
    private Integer customerDays;

    @Option(
            names = "--system-days",
            paramLabel = "N",
            description = "With --simulate: the same for tickets that telemetry started.")
    private Integer systemDays;

    /** @throws IllegalArgumentException when what is proposed makes no sense; the message says what */
    SimulationReport replay(Settings settings, Instant now) {
        if (days < 1) {
            throw new IllegalArgumentException("--days " + days + ": expected at least 1");
        }
        ClosingSettings closing = settings.closing();
        InactivityRule rule = new InactivityRule(
                Optional.ofNullable(customerDays).orElse(closing.customerDays()),
                Optional.ofNullable(systemDays).orElse(closing.systemDays()));
        Calendars calendars =
                Optional.ofNullable(calendar).map(Calendars::corrected).orElseGet(Calendars::new);
        return OpenStore.read(settings, jdbi -> replay(jdbi, closing.region(), rule, calendars, now));
    }

    private SimulationReport replay(
            Jdbi jdbi, Optional<String> region, InactivityRule rule, Calendars calendars, Instant now) {
        Simulation simulation = new Simulation(
                calendars,
                new TimeZones(),
                rule,
                now.minus(Duration.ofDays(days)),
                now,
                new StoreLife(jdbi).completeSince().orElse(Instant.EPOCH));
        List<Replayed> replayed = new ArrayList<>();
        new RecordedPast(new ClosingBook(jdbi), new Activities(jdbi), new RoomPlaces(new PortalEvents(), region))
                .each(past -> simulation.replay(past).ifPresent(replayed::add));
        return new SimulationReport(simulation, replayed);
    }
}
