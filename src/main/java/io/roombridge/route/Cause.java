package io.roombridge.route;

import io.roombridge.ticket.Change;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import java.util.Optional;

/**
 * Why something is written: a change from the portal, or a rule of the bridge whose time has come.
 *
 * @param id the identity that makes the writes of a repeated attempt recognisable
 * @param payload the event that mappings read
 */
record Cause(ChangeId id, String payload, Optional<Change> change) {

    /** A signal stayed healthy long enough. */
    static final String RECOVERY = "recovery";

    /** Nothing holds a ticket back any more. */
    static final String RECONSIDERED = "reconsidered";

    /** What automation said for two minutes is written. */
    static final String GATHERED = "gathered";

    /** The customer is told that a ticket will be closed. */
    static final String CLOSING_WARNING = "closing-warning";

    /** A ticket is closed for inactivity. */
    static final String CLOSING = "closing";

    /** A closing is taken back. */
    static final String CLOSING_UNDONE = "closing-undone";

    /** The clock of a ticket is shown in a field. */
    static final String CLOSING_CLOCK = "closing-clock";

    /** An incident of another integration becomes the ticket's. */
    static final String ADOPTION = "adoption";

    /** It is given back. */
    static final String ADOPTION_UNDONE = "adoption-undone";

    /** The hardware of a ticket's room was replaced. */
    static final String REPLACED = "replaced";

    static Cause of(Change change) {
        return new Cause(change.id(), change.payload(), Optional.of(change));
    }

    /** A rule of the bridge acts on a ticket; the same rule on the same state of the ticket has the same id. */
    static Cause ofRule(String rule, Ticket ticket, String state) {
        return new Cause(new ChangeId(prefix(rule) + ticket.id() + "@" + state), ticket.lastEvent(), Optional.empty());
    }

    /** @param first the change of the oldest note; its id may be longer than a cause */
    static Cause ofBatch(Ticket ticket, ChangeId first) {
        return ofRule(GATHERED, ticket, Reference.of(first, 0).value());
    }

    static boolean isRule(String rule, ChangeId cause) {
        return cause.value().startsWith(prefix(rule));
    }

    private static String prefix(String rule) {
        return "/roombridge/" + rule + "#";
    }
}
