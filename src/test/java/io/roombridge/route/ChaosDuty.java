package io.roombridge.route;

import io.roombridge.correlation.Duty;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The right to close tickets, which one node has at a time; the other one takes it over when it likes. */
final class ChaosDuty {

    private int holder;
    private long fence = 1;

    void takeOver(int node) {
        fence += holder == node ? 0 : 1;
        holder = node;
    }

    /** The duty as this node sees it. */
    Duty of(int node) {
        return new Duty() {
            @Override
            public Optional<Long> fence() {
                return holder == node ? Optional.of(fence) : Optional.empty();
            }

            @Override
            public boolean holds(long number) {
                return holder == node && number == fence;
            }

            @Override
            public boolean holds(Handle transaction, long number) {
                return holds(number);
            }
        };
    }
}
