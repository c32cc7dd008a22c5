package io.roombridge.correlation;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

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

        @Override
        public boolean holds(Handle transaction, long fence) {
            return true;
        }
    };

    /** A number that rises whenever the right changes hands; empty while it is another's. Answered from memory. */
    Optional<Long> fence();

    /** Whether the right is still ours under this fence, as the store says. */
    boolean holds(long fence);

    /** The same within a transaction: if it is ours, nobody takes it over before that transaction ends. */
    boolean holds(Handle transaction, long fence);
}
