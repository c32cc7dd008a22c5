package io.roombridge.route;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.FileOffer;
import io.roombridge.correlation.GatheredNote;
import io.roombridge.correlation.OutgoingCommand;
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
 * @param commands what the portal is told because of it
 * @param files what the incident gets by a job of its own
 * @param gathered what is written later, together with what follows it
 */
record Done(
        Optional<Ticket> ticket,
        Outcome outcome,
        List<Settled> settled,
        String said,
        Optional<DeadLetter> letter,
        List<OutgoingCommand> commands,
        Optional<GatheredNote> gathered,
        List<FileOffer> files) {

    static Done of(Ticket ticket, Outcome outcome, String said) {
        return new Done(
                Optional.of(ticket),
                outcome,
                List.of(),
                said,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    static Done without(Outcome outcome) {
        return new Done(
                Optional.empty(),
                outcome,
                List.of(),
                outcome.reason().meaning(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    Done settling(Settled result) {
        return new Done(ticket, outcome, List.of(result), said, letter, commands, gathered, files);
    }

    Done keeping(DeadLetter kept) {
        return new Done(ticket, outcome, settled, said, Optional.of(kept), commands, gathered, files);
    }

    Done telling(List<OutgoingCommand> told) {
        return new Done(ticket, outcome, settled, said, letter, told, gathered, files);
    }

    Done holding(GatheredNote note) {
        return new Done(ticket, outcome, settled, said, letter, commands, Optional.of(note), files);
    }

    Done offering(List<FileOffer> offered) {
        return new Done(ticket, outcome, settled, said, letter, commands, gathered, offered);
    }
}
