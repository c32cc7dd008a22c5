package io.roombridge.ticket;

/** What the bridge says of itself in an incident, once each time it comes to hold. */
public enum Remark {
    /** The signal or the device was suppressed. */
    SUPPRESSED,
    /** The portal cannot see the device, so the state of the signal is not known. */
    STATE_UNKNOWN,
    /** The device is offline, and this incident's signal says no more than that. */
    ABSORBED,
    /** The hardware was replaced; the ticket goes on. */
    REPLACED,
    /** An agent resolved the incident, and the signal is still unhealthy. */
    STILL_UNHEALTHY
}
