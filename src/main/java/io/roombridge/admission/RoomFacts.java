package io.roombridge.admission;

/**
 * What is known about a ticket's surroundings when one of its changes arrives.
 *
 * @param signalSuppressed this signal of this room is silenced
 * @param deviceSuppressed the whole device is silenced, for maintenance
 * @param onboarding the device is being set up and is no supported room yet
 * @param signalDisabled the tenant switched the signal off
 */
public record RoomFacts(
        boolean signalSuppressed, boolean deviceSuppressed, boolean onboarding, boolean signalDisabled) {

    public static final RoomFacts NONE = new RoomFacts(false, false, false, false);
}
