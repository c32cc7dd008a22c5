package io.roombridge.route;

import io.roombridge.correlation.PollCursors;
import io.roombridge.correlation.PortalOutbox;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Puts a round behind us, once the hub has accepted everything that was decided in it. */
public final class MoveCursor {

    private final PortalOutbox outbox;
    private final PollCursors cursors;
    private final Commands commands;

    MoveCursor(PortalOutbox outbox, PollCursors cursors, Commands commands) {
        this.outbox = outbox;
        this.cursors = cursors;
        this.commands = commands;
    }

    /**
     * Leaves the cursor where it is while a command of the instance waits: its cause is read again then.
     *
     * @param fence of the duty under which was read
     */
    public void move(@Body Round round, @ExchangeProperty(OneNode.FENCE) long fence) {
        String instance = round.desk().name();
        if (round.whole() && (!commands.on() || outbox.drained(instance))) {
            round.next().apply(round.deferred()).ifPresent(at -> cursors.move(instance, round.cursor(), at, fence));
        }
    }
}
