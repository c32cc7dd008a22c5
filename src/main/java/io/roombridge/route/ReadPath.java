package io.roombridge.route;

import io.roombridge.correlation.Books;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HeardEntries;
import io.roombridge.correlation.PortalOutbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
     * @param tries after which a command is given up that the hub does not take while it takes others
     * @param lag how far reading stays behind an instance's clock
     * @param sweep how often every open incident is looked at
     */
    public ReadPath(
            Books books,
            Sides sides,
            Lookout lookout,
            Outcomes outcomes,
            Tries tries,
            Duration lag,
            Duration sweep,
            Clocks clocks) {
        CorrelationStore store = books.tickets();
        HeardEntries heard = books.heard();
        PortalOutbox outbox = books.outbox();
        Commands commands = sides.commands();
        Clock clock = clocks.world();
        Clock machine = clocks.machine();
        Instant complete = books.life().completeSince(clock.instant());
        this.readChanges = new ReadChanges(
                store, heard, outbox, books.cursors(), sides.desks(), commands, complete, lag, sweep, clock);
        this.hear = new Hear(
                store,
                heard,
                new PassOn(heard, commands, sides.words(), complete, clock),
                new TellNews(commands, sides.words()),
                new Turns(books.activities(), clock),
                lookout,
                outcomes,
                clock,
                machine);
        this.tellPortal = new TellPortal(outbox, commands, tries.attempts(), tries.within(), clock, machine);
        this.moveCursor = new MoveCursor(outbox, books.cursors(), commands);
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
