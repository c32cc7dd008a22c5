package io.roombridge.watch;

/**
 * Something that is wrong with the bridge, or around it, and that a person has to know of.
 *
 * @param words what is wrong now, in one plain sentence
 */
public record Trouble(Kind kind, String words) {

    /** What can be wrong, each with the alert of docs/operations.md that says what to do. */
    public enum Kind {
        HUB_SILENT(
                "RoombridgeHubSilent",
                "Is the portal, or what sends its events, still sending? Does another process read with the same consumer"
                        + " group?"),
        DEAD_LETTER_OLD(
                "RoombridgeDeadLetterOld",
                "On the machine of the bridge: dead list, dead show, mend the cause, dead replay."),
        POLL_BLOCKED(
                "RoombridgePollBlocked",
                "Does the hub take commands, and is the hourly limit of calls spent? The log of the bridge says why."),
        BUDGET_NEARLY_SPENT(
                "RoombridgeBudgetNearlySpent",
                "Ask for a higher rate rule for the user of the bridge, or read less often (roombridge.poll.interval).");

        private final String alert;
        private final String todo;

        Kind(String alert, String todo) {
            this.alert = alert;
            this.todo = todo;
        }

        /** The section of docs/operations.md. */
        public String alert() {
            return alert;
        }

        /** What a person can do. */
        public String todo() {
            return todo;
        }
    }
}
