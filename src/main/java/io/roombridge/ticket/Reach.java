package io.roombridge.ticket;

/** What a signal may say about the device as a whole: while it is unhealthy, silence about other signals is no health. */
public enum Reach {
    /** Neither the Teams service nor the portal hears of the device; this includes {@link #UNMONITORED}. */
    OFFLINE,
    /** The portal cannot see into the device, which may still work. */
    UNMONITORED
}
