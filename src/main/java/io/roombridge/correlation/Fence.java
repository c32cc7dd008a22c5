package io.roombridge.correlation;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * What a lease gave to its holder: the right to act until the work changes hands. A holder that slept through its time is
 * refused by its number (design, section 3.2).
 *
 * @param number as the lease had it when it was taken
 */
public record Fence(WorkLease lease, long number) {

    /** Thrown by a commit under a fence that does not stand any more; nothing was written. */
    public static final class Fallen extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Fallen(WorkLease lease) {
            super("another node took over the work \"" + lease.name() + "\"");
        }
    }

    /** Whether the work is still ours. */
    public boolean stands(Instant now) {
        return lease.holds(number, now);
    }

    /** In the transaction that it guards: nobody takes the work over before that transaction ends. */
    void require(Handle handle, Instant now) {
        if (!lease.locked(handle, number, now)) {
            throw new Fallen(lease);
        }
    }
}
