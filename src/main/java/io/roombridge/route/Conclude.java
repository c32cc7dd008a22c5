package io.roombridge.route;

import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.mapping.ClosingText;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.servicenow.ClosingView;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records a closing that was written, and tells the portal; what a person did meanwhile is noted for {@link TakeBack}. */
final class Conclude {

    private final CorrelationStore store;
    private final LastLook lastLook;
    private final Commands commands;
    private final ClosingTexts texts;
    private final InactivityRules rules;
    private final Clock clock;

    Conclude(
            CorrelationStore store,
            LastLook lastLook,
            Commands commands,
            ClosingTexts texts,
            InactivityRules rules,
            Clock clock) {
        this.store = store;
        this.lastLook = lastLook;
        this.commands = commands;
        this.texts = texts;
        this.rules = rules;
        this.clock = clock;
    }

    static Cause cause(Ticket ticket, ClosingRecord record) {
        return new Cause(new ChangeId(record.cause()), ticket.lastEvent(), Optional.empty());
    }

    /** @param written the write, where it was made just now and is not settled yet */
    void conclude(Desk desk, Ticket ticket, ClosingRecord intended, Optional<Effects.Written> written) {
        Cause cause = cause(ticket, intended);
        Reference reference = Reference.of(cause.id(), Closer.ONLY);
        ClosingView after = desk.gateway()
                .closing(rules.keepOpenField())
                .again(intended.incident())
                .orElseThrow(() -> Closer.gone(intended.number()));
        Instant closedAt = closedAt(after, reference);
        lastLook.overtaken(desk, ticket, after, intended.countFrom(), closedAt);
        // Only the bridge's own state is its own; whoever reopened it meanwhile is heard by the next reading.
        Ticket closed = ticket.withIncident(intended.incident(), known -> known.withOwnState(IncidentState.RESOLVED));
        Commit commit = new Commit()
                .ticket(closed)
                .commands(toPortal(desk, ticket, intended, reference))
                .closing(intended.then(Step.CLOSED, closedAt))
                .history(List.of(new HistoryEntry(
                        clock.instant(), cause.id(), Cause.CLOSING, intended.number() + " closed for inactivity")));
        written.ifPresent(done -> commit.settling(List.of(done.settled())));
        store.commit(commit);
    }

    /** By the instance's clock: when the note that closed it was written. */
    private static Instant closedAt(ClosingView after, Reference reference) {
        return after.journal().stream()
                .filter(entry -> reference.signs(entry.value()))
                .findFirst()
                .flatMap(JournalEntry::createdOn)
                .or(() -> after.incident().updatedOn())
                .orElseThrow();
    }

    private List<OutgoingCommand> toPortal(Desk desk, Ticket ticket, ClosingRecord closing, Reference reference) {
        String id = Commands.inactive(desk.name(), reference);
        String text = texts.of(ClosingText.CLOSED, ticket, closing.number());
        List<OutgoingCommand> told = new ArrayList<>(commands.about(ticket, id, texts.message(text)));
        if (ticket.key() instanceof TicketKey.RecordedIssue) {
            told.addAll(commands.about(
                    ticket, id + "-close", new Request.Close(rules.closeCodes().get(desk.name()), Optional.of(text))));
        }
        return told;
    }
}
