package io.roombridge.route;

import io.roombridge.conversation.TextHash;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.GatheredNote;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Outcome;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a message, a repair or a change of status does to the journals of an incident: written at once, gathered, or
 * carried by a follow-up where the incident is closed.
 */
final class Journals {

    private final CorrelationStore store;
    private final EntryWriter entries;
    private final Gathered gathered;
    private final IncidentText text;
    private final Commands commands;
    private final PortalText portalText;
    private final Clock clock;

    Journals(
            CorrelationStore store,
            EntryWriter entries,
            Gathered gathered,
            IncidentText text,
            Commands commands,
            PortalText portalText,
            Clock clock) {
        this.store = store;
        this.entries = entries;
        this.gathered = gathered;
        this.text = text;
        this.commands = commands;
        this.portalText = portalText;
        this.clock = clock;
    }

    /** Makes or finds the incident that goes on where a closed one ended. */
    interface FollowUp {

        /** @param before the ticket as it was read; {@code after} as it will be */
        Done open(Ticket before, Ticket after);
    }

    /** @param before the ticket as it was read; {@code after} as it will be recorded */
    Done note(Desk desk, Ticket before, Cause cause, Ticket after, FollowUp followUp) {
        return note(desk, before, cause, after, Optional.of(followUp));
    }

    private Done note(Desk desk, Ticket before, Cause cause, Ticket after, Optional<FollowUp> followUp) {
        Change change = cause.change().orElseThrow();
        IncidentText.Entry entry = text.entry(after, cause);
        if (entry.text().isBlank()) {
            return Done.of(after, new Outcome.Ignored(Reason.RECORDED), "the mapping has nothing to say");
        }
        if (IncidentText.isAutomation(change)) {
            return gather(after, change, entry);
        }
        boolean speech = IncidentText.isSpeech(change);
        Ticket ready = speech ? gathered.flush(desk, before) : before;
        String sysId = after.current().orElseThrow().sysId();
        EntryWriter.Entered entered = entries.write(desk, ready, cause, sysId, entry);
        Ticket recorded = shown(after, entered);
        if (!entered.kept()) {
            return speech && followUp.isPresent() && goesOn(recorded, entered)
                    ? carried(desk, cause, entered.ticket(), recorded, followUp.get())
                    : dropped(cause, recorded, entered);
        }
        Done done = Done.of(
                        recorded,
                        new Outcome.Delivered(Reason.NOTE_WRITTEN),
                        entered.incident().number() + ": " + Reason.NOTE_WRITTEN.meaning())
                .settling(entered.settled().get(0));
        return entries.droppedBy(recorded, cause, entry, sysId)
                .map(closed -> done.telling(told(cause, recorded, closed, recorded.current())))
                .orElse(done);
    }

    private Done gather(Ticket after, Change change, IncidentText.Entry entry) {
        if (saidBeforeTheRebuild(after, entry)) {
            return Done.of(after, new Outcome.Duplicate(Reason.SAME_EVENT), "the incident has this text already");
        }
        GatheredNote note = new GatheredNote(
                after.tenant(),
                after.instance(),
                after.id(),
                change.id(),
                entry.text(),
                clock.instant().plus(Gathered.WAIT));
        return Done.of(after, new Outcome.Delivered(Reason.GATHERED), Reason.GATHERED.meaning())
                .holding(note);
    }

    /** Which texts stood in one note is lost with the store; the texts themselves are known again. */
    private boolean saidBeforeTheRebuild(Ticket ticket, IncidentText.Entry entry) {
        return !store.intentsOf(ticket, ChangeId.ofText(TextHash.of(entry.text())), 0)
                .isEmpty();
    }

    private static Ticket shown(Ticket after, EntryWriter.Entered entered) {
        IncidentState state = entered.incident().state().orElse(IncidentState.IN_PROGRESS);
        return after.withVersion(entered.ticket().version())
                .withIncident(entered.incident().sysId(), known -> known.withState(state));
    }

    /** A canceled incident does not go on before the next episode; a closed one only where something is still wrong. */
    private static boolean goesOn(Ticket ticket, EntryWriter.Entered entered) {
        boolean closed = entered.incident()
                .state()
                .filter(state -> state == IncidentState.CLOSED)
                .isPresent();
        return closed && (ticket.unhealthy() || ticket.key() instanceof TicketKey.RecordedIssue);
    }

    /** The follow-up is recorded before the message is written to it, so that only the message can be cut off. */
    private Done carried(Desk desk, Cause cause, Ticket before, Ticket after, FollowUp followUp) {
        Done opened = followUp.open(before, after);
        Ticket next = opened.ticket().orElseThrow();
        store.commit(new Commit().ticket(next).settling(opened.settled()));
        Ticket recorded = next.withVersion(next.version() + 1);
        return note(desk, recorded, cause, recorded, Optional.empty());
    }

    private Done dropped(Cause cause, Ticket recorded, EntryWriter.Entered entered) {
        String detail = entered.incident().number() + " is closed; ServiceNow drops comments on closed incidents";
        Done dead = Done.of(recorded, new Outcome.Dead(Reason.TICKET_CLOSED, detail), detail);
        return cause.change().filter(IncidentText::isSpeech).isPresent()
                ? dead.telling(told(cause, recorded, entered.incident().sysId(), Optional.empty()))
                : dead;
    }

    /** Told to whoever can read the message it answers. */
    private List<OutgoingCommand> told(Cause cause, Ticket ticket, String closed, Optional<Incident> followUp) {
        boolean customerVisible =
                cause.change().orElseThrow().detail() instanceof Detail.Message message && message.customerVisible();
        Incident incident = ticket.chain().stream()
                .filter(known -> known.sysId().equals(closed))
                .findFirst()
                .orElseThrow();
        return portalText
                .closed(ticket, incident.number(), followUp.map(Incident::number))
                .map(message -> commands.about(
                        ticket,
                        Commands.closed(ticket.instance(), EntryWriter.reference(cause)),
                        new Request.MessageAdd(message, customerVisible, Optional.of(portalText.author()))))
                .orElse(List.of());
    }
}
