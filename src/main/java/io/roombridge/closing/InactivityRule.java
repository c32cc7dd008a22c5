package io.roombridge.closing;

import io.roombridge.ticket.Origin;

/**
 * How many business days without the customer a ticket waits, by who started it.
 *
 * @param customer for tickets that a person started
 * @param system for tickets that telemetry started
 */
public record InactivityRule(int customer, int system) {

    /** The promise of the managed service (seed 004). */
    public static final InactivityRule OF_THE_SERVICE = new InactivityRule(3, 15);

    public InactivityRule {
        if (customer < 1 || system < 1) {
            throw new IllegalArgumentException("inactivity rule: customer " + customer + " and system " + system
                    + " business days, expected at least 1 each");
        }
    }

    public int businessDays(Origin origin) {
        return origin == Origin.CUSTOMER ? customer : system;
    }
}
