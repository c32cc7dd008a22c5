package io.roombridge.route;

import io.roombridge.correlation.Activities;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.PollCursors;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.correlation.StoreLife;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Puts the beans of the route {@code servicenow-changes} together; {@link #beans()} has the names that
 * {@code routes/servicenow-changes.camel.yaml} calls.
 */
public final class ReadPath {

    private final ReadChanges readChanges;
    private final Hear hear;
    private final TellPortal tellPortal;
    private final MoveCursor moveCursor;

    /**
     * @param attempts after how many a command is given up that the hub does not take while it takes others, and
     *     {@code within} after how long
     * @param lag how far reading stays behind an instance's clock
     * @param sweep how often every open incident is looked at
     */
    public ReadPath(
            CorrelationStore store,
            HeardEntries ledger,
            Activities activities,
            PortalOutbox outbox,
            PollCursors cursors,
            Desks desks,
            Commands commands,
            PortalText text,
            Lookout lookout,
            Outcomes outcomes,
            StoreLife life,
            int attempts,
            Duration within,
            Duration lag,
            Duration sweep,
            Clock clock,
            Clock machine) {
        this.readChanges = new ReadChanges(
                store,
                ledger,
                outbox,
                cursors,
                desks,
                commands,
                life.completeSince(clock.instant()),
                lag,
                sweep,
                clock);
        this.hear = new Hear(
                store,
                ledger,
                new PassOn(ledger, commands, text, life.completeSince(clock.instant()), clock),
                new TellNews(commands, text),
                new Turns(activities, clock),
                lookout,
                outcomes,
                clock,
                machine);
        this.tellPortal = new TellPortal(outbox, commands, attempts, within, clock, machine);
        this.moveCursor = new MoveCursor(outbox, cursors, commands);
    }

    /** By their names in the route. */
    public Map<String, Object> beans() {
        return Map.of("readChanges", readChanges, "hear", hear, "tellPortal", tellPortal, "moveCursor", moveCursor);
    }

    ReadChanges readChanges() {
        return readChanges;
    }

    /** For whoever reads ServiceNow out of turn. */
    public Hear hear() {
        return hear;
    }

    TellPortal tellPortal() {
        return tellPortal;
    }

    MoveCursor moveCursor() {
        return moveCursor;
    }
}
