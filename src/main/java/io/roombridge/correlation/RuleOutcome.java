package io.roombridge.correlation;

import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * What became of a rule whose time had come, for reports: as {@link ChangeRecord} is for events.
 *
 * @param rule for example {@code recovery}
 * @param at by the bridge's clock
 */
public record RuleOutcome(Ticket ticket, String rule, Outcome outcome, Instant at) {

    static void append(Handle handle, RuleOutcome done) {
        handle.createUpdate("insert into rule_outcome (tenant, instance, ticket_id, rule, outcome, reason, at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .bind(0, done.ticket().tenant())
                .bind(1, done.ticket().instance())
                .bind(2, done.ticket().id().value())
                .bind(3, done.rule())
                .bind(4, done.outcome().label())
                .bind(5, done.outcome().reason().name())
                .bind(6, Tickets.at(done.at()))
                .execute();
    }
}
