package io.roombridge.route;

import io.roombridge.portal.Decoded;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Surroundings;
import io.roombridge.ticket.Ticket;
import java.util.Optional;

/**
 * One event on its way through the route {@code portal-events}: each bean takes it and returns it with more known.
 *
 * @param desk the ServiceNow instance that serves the event's tenant
 * @param known the ticket's record, if it has one
 * @param around what is known around the ticket, if the event is about one
 * @param done set as soon as it is known what becomes of the event
 */
public record Passage(
        Decoded decoded,
        Attempt attempt,
        Optional<Desk> desk,
        Optional<Ticket> known,
        Optional<Surroundings> around,
        Optional<Done> done) {

    static Passage of(Decoded decoded, Attempt attempt) {
        return new Passage(decoded, attempt, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Passage served(Desk by, Optional<Ticket> ticket, Optional<Surroundings> surroundings) {
        return new Passage(decoded, attempt, Optional.of(by), ticket, surroundings, done);
    }

    Passage done(Done became) {
        return new Passage(decoded, attempt, desk, known, around, Optional.of(became));
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
