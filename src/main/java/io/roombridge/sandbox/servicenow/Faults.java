package io.roombridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The faults that are switched on. A request meets at most one: the oldest that is meant for it and not used up.
 * Thread-safe.
 */
public final class Faults {

    /** Faults that are switched on, oldest first; guarded by this. */
    private final List<Armed> armed = new ArrayList<>();

    Faults() {}

    /** A fault in waiting; closing it switches it off. */
    public final class Armed implements AutoCloseable {

        private final RequestMatcher matcher;
        private final Fault fault;
        private int left;
        private int met;

        private Armed(RequestMatcher matcher, Fault fault, int left) {
            this.matcher = matcher;
            this.fault = fault;
            this.left = left;
        }

        /** How many requests met this fault so far. */
        public int met() {
            synchronized (Faults.this) {
                return met;
            }
        }

        @Override
        public void close() {
            synchronized (Faults.this) {
                armed.remove(this);
            }
        }
    }

    /** The choice of how long a fault stays switched on. */
    public final class On {

        private final RequestMatcher matcher;

        private On(RequestMatcher matcher) {
            this.matcher = matcher;
        }

        /** The next n requests that match meet the fault. */
        public Armed next(int n, Fault fault) {
            return arm(new Armed(matcher, fault, n));
        }

        /** Every request that matches meets the fault until it is closed or everything is cleared. */
        public Armed always(Fault fault) {
            return next(Integer.MAX_VALUE, fault);
        }
    }

    public On on(RequestMatcher matcher) {
        return new On(matcher);
    }

    /** Switches everything off. What a late commit has promised still happens. */
    public synchronized void clear() {
        armed.clear();
    }

    synchronized Optional<Fault> take(Request request) {
        for (Armed candidate : armed) {
            if (candidate.matcher.matches(request)) {
                candidate.left--;
                candidate.met++;
                if (candidate.left == 0) {
                    armed.remove(candidate);
                }
                return Optional.of(candidate.fault);
            }
        }
        return Optional.empty();
    }

    private synchronized Armed arm(Armed fault) {
        armed.add(fault);
        return fault;
    }
}
