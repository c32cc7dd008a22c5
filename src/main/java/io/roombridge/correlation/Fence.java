package io.roombridge.correlation;

import org.jdbi.v3.core.Handle;

/**
 * The right to do the work of a duty until it changes hands. A holder that slept through its time is refused by its number
 * (design, section 3.2).
 *
 * @param number as the duty had it when the work began
 */
public record Fence(Duty duty, long number) {

    /** Thrown by a commit under a fence that does not stand any more; nothing was written. */
    public static final class Fallen extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Fallen() {
            super("another node took the work over");
        }
    }

    /** Whether the work is still ours. */
    public boolean stands() {
        return duty.holds(number);
    }

    /** In the transaction that it guards: nobody takes the work over before that transaction ends. */
    void require(Handle handle) {
        if (!duty.holds(handle, number)) {
            throw new Fallen();
        }
    }
}
