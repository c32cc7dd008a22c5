package io.roombridge.correlation;

import java.util.Optional;

/** The right to do one kind of work, which one process at a time has among those that share the store. */
public interface Duty {

    /** For a process that shares its store with nobody. */
    Duty ALONE = new Duty() {
        @Override
        public Optional<Long> fence() {
            return Optional.of(1L);
        }

        @Override
        public boolean holds(long fence) {
            return true;
        }
    };

    /** A number that rises whenever the right changes hands; empty while it is another's. Answered from memory. */
    Optional<Long> fence();

    /** Whether the right is still ours under this fence, as the store says. */
    boolean holds(long fence);
}
