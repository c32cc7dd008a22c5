package io.roombridge.route;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.Settled;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Ticket;
import java.util.List;
import java.util.Optional;

/**
 * What became of a change, ready to be recorded in one commit.
 *
 * @param ticket the ticket as it is to be recorded; empty for changes that belong to none
 * @param settled the results of the writes that were made for it
 * @param said one sentence for the ticket's history
 */
record Done(Optional<Ticket> ticket, Outcome outcome, List<Settled> settled, String said, Optional<DeadLetter> letter) {

    static Done of(Ticket ticket, Outcome outcome, String said) {
        return new Done(Optional.of(ticket), outcome, List.of(), said, Optional.empty());
    }

    static Done without(Outcome outcome) {
        return new Done(Optional.empty(), outcome, List.of(), outcome.reason().meaning(), Optional.empty());
    }

    Done settling(Settled result) {
        return new Done(ticket, outcome, List.of(result), said, letter);
    }

    Done keeping(DeadLetter kept) {
        return new Done(ticket, outcome, settled, said, Optional.of(kept));
    }
}
