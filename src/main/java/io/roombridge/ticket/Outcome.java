package io.roombridge.ticket;

/**
 * What became of a change. Every change read ends as exactly one of these; a retry is not an outcome but
 * {@link RetryLater}, and leaves the change in flight.
 */
public sealed interface Outcome {

    /** The label of the outcome in metrics, logs and the store. */
    String label();

    /** Why, in the one vocabulary of the bridge. */
    Reason reason();

    /** Applied on the other side, or agreed with what the other side already says. */
    record Delivered(Reason reason) implements Outcome {
        @Override
        public String label() {
            return "delivered";
        }
    }

    /** The same change was applied before. */
    record Duplicate(Reason reason) implements Outcome {
        @Override
        public String label() {
            return "duplicate";
        }
    }

    /** The bridge's own write, coming back. */
    record Echo(Reason reason) implements Outcome {
        @Override
        public String label() {
            return "echo";
        }
    }

    /** Set aside by a stated rule. */
    record Ignored(Reason reason) implements Outcome {
        @Override
        public String label() {
            return "ignored";
        }
    }

    /** Kept as a dead letter, with what a person needs to mend it. */
    record Dead(Reason reason, String detail) implements Outcome {
        @Override
        public String label() {
            return "dead";
        }
    }

    /** Kept in order behind a dead letter of the same lane. */
    record Parked(Reason reason) implements Outcome {
        @Override
        public String label() {
            return "parked";
        }
    }
}
