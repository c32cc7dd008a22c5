package io.roombridge.admission;

import io.roombridge.ticket.Sight;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a ticket's surroundings when one of its changes arrives. All instants are event times.
 *
 * @param suppressedSince since when this signal of this room, or the whole device, is silenced
 * @param suppressedUntil when that lapses by itself; empty when it has to be lifted
 * @param heardAgainSince when a silence was lifted for the last time
 * @param onboarding the device is being set up and is no supported room yet
 * @param signalDisabled the tenant switched the signal off
 * @param unenrolledSince since when the device is removed
 * @param online whether the portal or the Teams service hears of the device at all
 * @param monitored whether the portal can see into the device
 * @param absorbed the device is offline, and this signal says no more than that
 */
public record RoomFacts(
        Optional<Instant> suppressedSince,
        Optional<Instant> suppressedUntil,
        Optional<Instant> heardAgainSince,
        boolean onboarding,
        boolean signalDisabled,
        Optional<Instant> unenrolledSince,
        Sight online,
        Sight monitored,
        boolean absorbed) {

    public static final RoomFacts NONE = new RoomFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Sight.CLEAR,
            Sight.CLEAR,
            false);

    /** For a signal that Offline says everything of. */
    public RoomFacts absorbing() {
        return new RoomFacts(
                suppressedSince,
                suppressedUntil,
                heardAgainSince,
                onboarding,
                signalDisabled,
                unenrolledSince,
                online,
                monitored,
                online.lost());
    }

    /**
     * Since when the ticket is silenced. The portal's own flag in a ticket counts too, from its event on, until a later
     * statement lifts the silence.
     *
     * @param flagged whether the ticket block says so
     * @param at the time of the event with that block
     */
    public Optional<Instant> suppressedSince(boolean flagged, Instant at) {
        boolean liftedSince =
                heardAgainSince.filter(heard -> !heard.isBefore(at)).isPresent();
        return suppressedSince.or(() -> flagged && !liftedSince ? Optional.of(at) : Optional.empty());
    }
}
