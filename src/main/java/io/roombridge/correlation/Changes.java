package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.TicketId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The ledger: what became of each change. */
final class Changes {

    private Changes() {}

    /**
     * A change that was set aside may be replayed, and its newer outcome replaces the old one. What was applied stays
     * applied: a node that was slow, and whose partition was read by another one meanwhile, must not apply it again.
     *
     * @throws VersionMoved when somebody else applied the change since it was looked up
     */
    static void record(Handle handle, ChangeRecord change) {
        int rows = handle.createUpdate("update change_outcome set outcome = ?, reason = ?, at = ?"
                        + " where tenant = ? and change_id = ? and outcome in ('dead', 'parked')")
                .bind(0, change.outcome().label())
                .bind(1, change.outcome().reason().name())
                .bind(2, Tickets.at(change.at()))
                .bind(3, change.tenant())
                .bind(4, change.change().value())
                .execute();
        if (rows == 0) {
            insert(handle, change);
        }
    }

    private static void insert(Handle handle, ChangeRecord change) {
        try {
            handle.createUpdate("insert into change_outcome (tenant, change_id, ticket_id, kind, outcome, reason, at)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .bind(0, change.tenant())
                    .bind(1, change.change().value())
                    .bind(2, change.ticket().map(TicketId::value).orElse(null))
                    .bind(3, change.kind())
                    .bind(4, change.outcome().label())
                    .bind(5, change.outcome().reason().name())
                    .bind(6, Tickets.at(change.at()))
                    .execute();
        } catch (UnableToExecuteStatementException e) {
            if (Tickets.isTaken(e)) {
                throw new VersionMoved(change.change());
            }
            throw e;
        }
    }

    static Optional<Outcome> outcome(Handle handle, String tenant, ChangeId change) {
        return handle.createQuery("select outcome, reason from change_outcome where tenant = ? and change_id = ?")
                .bind(0, tenant)
                .bind(1, change.value())
                .map((row, context) -> outcome(row.getString("outcome"), Reason.valueOf(row.getString("reason"))))
                .findOne();
    }

    private static Outcome outcome(String label, Reason reason) {
        return switch (label) {
            case "delivered" -> new Outcome.Delivered(reason);
            case "duplicate" -> new Outcome.Duplicate(reason);
            case "echo" -> new Outcome.Echo(reason);
            case "ignored" -> new Outcome.Ignored(reason);
            case "dead" -> new Outcome.Dead(reason, "");
            case "parked" -> new Outcome.Parked(reason);
            default -> throw new IllegalStateException("unknown outcome in the ledger: " + label);
        };
    }
}
