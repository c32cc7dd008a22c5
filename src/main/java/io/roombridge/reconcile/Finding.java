package io.roombridge.reconcile;

import java.util.Locale;

/**
 * One difference between what is recorded and what is there.
 *
 * @param number of the incident; empty text where there is none
 * @param ticket the ticket's id; empty text where there is none
 * @param detail what differs, for a person
 */
public record Finding(Kind kind, String instance, String number, String ticket, String detail) {

    /** What can differ. Safe is what the bridge's own ordinary path would have done, had it seen it. */
    public enum Kind {
        MISSING(false, "the incident is not there any more, or hidden by an access rule; the next sweeps decide which"),
        ORPHANED(true, "an incident of the bridge that the store does not know"),
        EXTRA(false, "one more incident with the id of a known ticket; close it, or clear its correlation_id"),
        FOREIGN(false, "it bears an id of the bridge, but the bridge never wrote in it; clear its correlation_id"),
        DUPLICATE(
                false, "several active incidents bear the same id; the newest of the ticket counts, close the others"),
        STATE_DRIFT(true, "ServiceNow shows another state than the store"),
        COMMENT_UNHEARD(true, "people wrote what the portal was not told"),
        FILE_UNCOPIED(true, "a file of ServiceNow was never offered to the portal"),
        HEALTHY_BUT_OPEN(false, "the signal has been healthy for long, and the incident is open though nobody has it"),
        UNHEALTHY_WITHOUT_INCIDENT(false, "the portal calls the signal unhealthy, and it has no incident"),
        NOT_IN_SNAPSHOT(false, "the portal did not list the ticket when it was asked for its open ones"),
        COMMAND_UNSENT(false, "commands for the portal wait; the hub does not accept them"),
        CHANGE_SET_ASIDE(false, "dead letters or parked changes wait for a person (dead list)");

        private final boolean safe;
        private final String meaning;

        Kind(boolean safe, String meaning) {
            this.safe = safe;
            this.meaning = meaning;
        }

        /** Whether the bridge repairs it by itself. */
        public boolean safe() {
            return safe;
        }

        /** One clause that a person can read. */
        public String meaning() {
            return meaning;
        }

        /** Lower case with dashes, for logs and JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
