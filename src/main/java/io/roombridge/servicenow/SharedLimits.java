package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the nodes of a cluster know together about an instance, so that to the instance they behave like one: how long
 * nobody may call it, whether its credentials are known to be good, and how much of the hour is used up.
 */
public interface SharedLimits {

    /** For a process that has an instance to itself. */
    SharedLimits NONE = new SharedLimits() {
        @Override
        public Optional<ServiceNowFailure> admit(boolean mayTry, Instant now) {
            return Optional.empty();
        }

        @Override
        public Optional<ServiceNowFailure> refusal(Instant now) {
            return Optional.empty();
        }

        @Override
        public void answered(Instant now) {}

        @Override
        public void abandoned(Instant now) {}

        @Override
        public int refusedLogins(Instant now) {
            return 0;
        }

        @Override
        public void pause(ServiceNowFailure why, Duration pause, Instant now) {}

        @Override
        public Hour reserve(int calls, Hour known, Instant now) {
            return known;
        }
    };

    /**
     * Whether a call may leave. Who is let through has to report back as with the {@link Breaker}.
     *
     * @param mayTry whether this call may be the one that finds out whether the instance is back and the login good
     * @return empty: call. Otherwise the failure to throw instead
     */
    Optional<ServiceNowFailure> admit(boolean mayTry, Instant now);

    /** Why no node may call now; nothing is claimed, nothing is counted. */
    Optional<ServiceNowFailure> refusal(Instant now);

    /** Why all nodes leave the instance alone, as far as this one knows without asking. */
    default Optional<Reason> troubled(Instant now) {
        return Optional.empty();
    }

    /** The instance answered as it should. */
    void answered(Instant now);

    /** The call told nothing of the instance. */
    void abandoned(Instant now);

    /**
     * The instance did not accept the login.
     *
     * @return how many tries in a row that makes, of all nodes; 0 if nobody counts together
     */
    int refusedLogins(Instant now);

    /** No node may call for so long. */
    void pause(ServiceNowFailure why, Duration pause, Instant now);

    /**
     * Sets aside calls of the hour for this node.
     *
     * @param known the hour as this node knows it
     * @return the hour that the nodes agree on, with these calls
     */
    Hour reserve(int calls, Hour known, Instant now);
}
