package io.roombridge.ticket;

import java.util.Locale;

/**
 * What a ticket waits for. A ticket has at most one appointment of each kind, at an instant of the bridge's clock; what is
 * done when it comes is decided then, from what is known then ({@link Due#step}).
 */
public enum Appointment {
    /** The hold-down of a recovery ends: the incident is resolved. */
    RECOVERY,
    /** Suppressed: one note. Heard again, or the suppression lapses: the present state is applied once. */
    SUPPRESSION,
    /** The portal cannot see the device: one note that the state is not known. */
    OUT_OF_SIGHT,
    /** The device was removed a day ago: the incident is resolved, unless a person took it over. */
    UNENROLMENT,
    /** An agent resolved the incident of an unhealthy signal; when the grace ends, one note says if it still is. */
    GRACE,
    /** Rebuilt from ServiceNow: when the hub is read beyond that moment, the latest state is applied once. */
    CATCH_UP;

    /** Lower case with dashes, for causes and history. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
