package io.roombridge.route;

import io.roombridge.correlation.Duty;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A duty that a test hands to another node and takes back; its fence rises each time. */
final class TestDuty implements Duty {

    private volatile boolean ours = true;
    private volatile long fence = 1;

    void is(boolean here) {
        fence += ours == here ? 0 : 1;
        ours = here;
    }

    @Override
    public Optional<Long> fence() {
        return ours ? Optional.of(fence) : Optional.empty();
    }

    @Override
    public boolean holds(long number) {
        return ours && number == fence;
    }

    @Override
    public boolean holds(Handle transaction, long number) {
        return holds(number);
    }
}
