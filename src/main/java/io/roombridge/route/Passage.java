package io.roombridge.route;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.KeptLetter;
import io.roombridge.portal.Decoded;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Surroundings;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.Optional;

/**
 * One event on its way through the route {@code portal-events}: each bean takes it and returns it with more known.
 *
 * @param desk the ServiceNow instance that serves the event's tenant
 * @param known the ticket's record, if it has one
 * @param around what is known around the ticket, if the event is about one
 * @param replayed the dead letter it comes from, where it is tried again
 * @param done set as soon as it is known what becomes of the event
 */
public record Passage(
        Decoded decoded,
        Attempt attempt,
        Optional<Desk> desk,
        Optional<Ticket> known,
        Optional<Surroundings> around,
        Optional<Done> done,
        Optional<KeptLetter> replayed) {

    static Passage of(Decoded decoded, Attempt attempt) {
        return new Passage(
                decoded,
                attempt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** An event that is tried again; it counts as one more attempt. */
    static Passage again(Decoded decoded, KeptLetter letter, Instant now) {
        return new Passage(
                decoded,
                new Attempt(letter.letter().attempts() + 1, now, Optional.empty(), false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(letter));
    }

    /** Whether this very change lies as a dead letter and is tried again. */
    boolean isReplayOf(ChangeId change) {
        return replayed.filter(letter -> letter.letter().change().equals(change))
                .isPresent();
    }

    /** Whether its place in the queue of its ticket has come, so that it need not wait behind itself. */
    boolean hasItsTurn(ChangeId change) {
        return isReplayOf(change)
                && replayed.filter(letter -> letter.letter().state() != DeadLetter.State.KEPT)
                        .isPresent();
    }

    Passage served(Desk by, Optional<Ticket> ticket, Optional<Surroundings> surroundings) {
        return new Passage(decoded, attempt, Optional.of(by), ticket, surroundings, done, replayed);
    }

    /** The same event, read as a change of a ticket. */
    Passage readAs(Change ofTicket) {
        return new Passage(new Decoded.Accepted(ofTicket), attempt, desk, known, around, done, replayed);
    }

    Passage done(Done became) {
        return new Passage(decoded, attempt, desk, known, around, Optional.of(became), replayed);
    }

    /** For the route: nothing is settled yet, and the event is about a ticket. */
    public boolean isAboutTicket() {
        return done.isEmpty() && change().ticket().isPresent();
    }

    /** For the route: nothing is settled yet, and the event is about a room, a device, a tenant or the stream. */
    public boolean isAboutRoom() {
        return done.isEmpty() && change().ticket().isEmpty();
    }

    Change change() {
        return ((Decoded.Accepted) decoded).change();
    }
}
