package io.roombridge.route;

import io.roombridge.closing.Timetable;
import io.roombridge.correlation.ClosingClock;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.mapping.ClosingText;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells the customer that a ticket will be closed, where the customer reads: as a comment when the caller is a person, in
 * the portal when it is a service account; the group then gets a work note. A warning counts only when it was read back.
 */
final class Warn {

    private final CorrelationStore store;
    private final PortalOutbox outbox;
    private final EntryWriter entries;
    private final Settlement settlement;
    private final Commands commands;
    private final ClosingTexts texts;
    private final InactivityRules rules;
    private final Clock clock;

    Warn(
            CorrelationStore store,
            PortalOutbox outbox,
            EntryWriter entries,
            Settlement settlement,
            Commands commands,
            ClosingTexts texts,
            InactivityRules rules,
            Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.entries = entries;
        this.settlement = settlement;
        this.commands = commands;
        this.texts = texts;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Writes the warning of the present count.
     *
     * @return the ticket's clock afterwards; empty when there is no way to reach this customer
     */
    Optional<ClosingClock> warn(Desk desk, Ticket ticket, Incident current, ClosingClock row, Timetable timetable) {
        IncidentRecord read = desk.gateway().read(current.sysId()).orElseThrow(() -> Closer.gone(current.number()));
        boolean person = callerIsPerson(desk, read);
        if (!person && !commands.on()) {
            return Optional.empty();
        }
        Instant count = timetable.due().start();
        Cause cause = cause(ticket, count);
        Timetable told = timetable.warnedAt(clock.instant());
        Ticket before = settlement.settle(desk, ticket, cause);
        EntryWriter.Entered entered =
                entries.write(desk, before, cause, current.sysId(), entry(person, ticket, current, told));
        List<OutgoingCommand> toPortal = toPortal(desk, ticket, current, cause, told);
        Optional<Instant> delivered = person ? readBack(desk, current, cause) : Optional.empty();
        ClosingClock warned = row.warned(
                count,
                told.lastDay(),
                delivered,
                toPortal.stream().map(OutgoingCommand::id).filter(id -> !person).findFirst());
        store.commit(new Commit()
                .ticket(entered.ticket())
                .settling(entered.settled())
                .commands(toPortal)
                .clock(warned)
                .closing(record(ticket, current, cause, count, told))
                .history(List.of(new HistoryEntry(
                        clock.instant(), cause.id(), Cause.CLOSING_WARNING, "warned: " + told.inWords()))));
        return Optional.of(warned);
    }

    /** When the warning of this count was seen where the customer reads; empty while nobody can say so. */
    Optional<Instant> delivered(Desk desk, Ticket ticket, Incident current, ClosingClock row) {
        Cause cause = cause(ticket, row.warnedFor().orElseThrow());
        return row.warningCommand()
                .map(command -> outbox.confirmedAt(ticket.tenant(), command))
                .orElseGet(() -> readBack(desk, current, cause));
    }

    private static Cause cause(Ticket ticket, Instant count) {
        return Cause.ofRule(Cause.CLOSING_WARNING, ticket, count.toString());
    }

    private static Optional<Instant> readBack(Desk desk, Incident current, Cause cause) {
        return desk.gateway().journal(current.sysId(), List.of("comments"), Desk.JOURNAL_DEPTH).stream()
                .filter(entry -> EntryWriter.reference(cause).signs(entry.value()))
                .findFirst()
                .flatMap(JournalEntry::createdOn);
    }

    private IncidentText.Entry entry(boolean person, Ticket ticket, Incident current, Timetable told) {
        return person
                ? new IncidentText.Entry("comments", text(ClosingText.WARNING, ticket, current, told))
                : new IncidentText.Entry(
                        IncidentText.WORK_NOTES, text(ClosingText.GROUP_WARNING, ticket, current, told));
    }

    private String text(ClosingText kind, Ticket ticket, Incident current, Timetable told) {
        return texts.of(kind, ticket, current.number(), told, ClosingTexts.signal(ticket));
    }

    private List<OutgoingCommand> toPortal(Desk desk, Ticket ticket, Incident current, Cause cause, Timetable told) {
        return commands.about(
                ticket,
                Commands.inactive(desk.name(), EntryWriter.reference(cause)),
                texts.message(text(ClosingText.WARNING, ticket, current, told)));
    }

    private boolean callerIsPerson(Desk desk, IncidentRecord read) {
        return !read.callerId().isEmpty()
                && rules.serviceCallers().stream()
                        .flatMap(name -> desk.userId(name).stream())
                        .noneMatch(read.callerId()::equals);
    }

    private ClosingRecord record(Ticket ticket, Incident current, Cause cause, Instant count, Timetable told) {
        return ClosingRecord.of(
                ticket,
                current,
                cause.id(),
                ClosingRecord.Step.WARNED,
                clock.instant(),
                count,
                "{\"lastDay\":\"" + told.lastDay() + "\"}");
    }
}
