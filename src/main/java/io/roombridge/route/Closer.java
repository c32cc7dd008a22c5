package io.roombridge.route;

import io.roombridge.closing.Evidence;
import io.roombridge.closing.Knowledge;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.Intent;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.servicenow.ClosingReader;
import io.roombridge.servicenow.ClosingView;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Ticket;
import io.roombridge.ticket.TicketKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Closes an incident for inactivity, once: the claim is a commit that moves the ticket's version and writes the intent; the
 * incident is read again between the claim and the write, and the write leaves within seconds of that reading or not at
 * all. A crash at any point is settled by the note's reference (design, section 3.6).
 */
final class Closer {

    private static final int ONLY = 1;

    /** What a person does later than this before the write could be missed by the last look. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

    private final CorrelationStore store;
    private final ClosingBook book;
    private final Effects effects;
    private final Settlement settlement;
    private final LastLook lastLook;
    private final Commands commands;
    private final PortalText portalText;
    private final InactivityRules rules;
    private final Clock clock;
    private final Clock machine;

    Closer(
            CorrelationStore store,
            ClosingBook book,
            Effects effects,
            Settlement settlement,
            LastLook lastLook,
            Commands commands,
            PortalText portalText,
            InactivityRules rules,
            Clock clock,
            Clock machine) {
        this.store = store;
        this.book = book;
        this.effects = effects;
        this.settlement = settlement;
        this.lastLook = lastLook;
        this.commands = commands;
        this.portalText = portalText;
        this.rules = rules;
        this.clock = clock;
        this.machine = machine;
    }

    /** Why a ticket was not closed after all; it is looked at again. */
    static final class NotNow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotNow(String why) {
            super(why);
        }
    }

    static RuntimeException gone(Incident incident) {
        return new NotNow(incident.number() + " is not there any more");
    }

    /**
     * @param evidence what is known of the incident before it is read, without the state it goes back to
     * @param stillOurs whether the lease of this work is still held
     * @throws NotNow when the incident itself speaks against it
     */
    void close(Desk desk, Ticket ticket, Incident current, Evidence evidence, BooleanSupplier stillOurs) {
        Instant countFrom = evidence.timetable().due().start();
        Cause cause = Cause.ofRule(Cause.CLOSING, ticket, countFrom + "@" + current.sysId());
        Ticket before = settlement.settle(desk, ticket, cause);
        if (effects.made(before, cause, ONLY).isEmpty()) {
            ClosingView first = reader(desk).full(current.sysId()).orElseThrow(() -> gone(current));
            object(lastLook.objection(desk, before, first, countFrom));
            object(Knowledge.readTooEarly(evidence.timetable().dueAt(), first.serverTime()));
            Evidence complete = evidence.goingBackTo(
                    first.incident().stateValue(), first.incident().holdReason());
            ClosingRecord intended =
                    record(before, current, cause, Step.INTENDED, clock.instant(), countFrom, complete.json());
            store.commit(new Commit().closing(intended));
            Effects.Written written = write(desk, before, current, cause, complete, stillOurs);
            finish(desk, written.ticket(), intended, Optional.of(written));
        } else {
            intended(before, cause).ifPresent(record -> finish(desk, before, record, Optional.empty()));
        }
    }

    private Optional<ClosingRecord> intended(Ticket ticket, Cause cause) {
        return book.records(ticket).stream()
                .filter(record -> record.step() == Step.INTENDED
                        && record.cause().equals(cause.id().value()))
                .reduce((first, second) -> second);
    }

    /**
     * Finds out what became of writes that were cut off, and records a closing that was written and not recorded.
     *
     * @return whether there was anything of the kind: then the ticket is to be read again
     * @throws RetryLater while a write may still be at work
     */
    boolean finishCutOff(Desk desk, Ticket ticket) {
        List<Intent> open = store.openIntents(ticket);
        if (!open.isEmpty()) {
            settlement.settle(desk, ticket, new Cause(open.get(0).cause(), ticket.lastEvent(), Optional.empty()));
        }
        Optional<ClosingRecord> cutOff = book.records(ticket).stream()
                .filter(record -> record.step() != Step.WARNED)
                .reduce((first, second) -> second)
                .filter(record -> record.step() == Step.INTENDED)
                .filter(record ->
                        effects.made(ticket, cause(ticket, record), ONLY).isPresent());
        cutOff.ifPresent(record -> finish(
                desk,
                store.ticket(ticket.tenant(), ticket.instance(), ticket.id()).orElseThrow(),
                record,
                Optional.empty()));
        return !open.isEmpty() || cutOff.isPresent();
    }

    private static Cause cause(Ticket ticket, ClosingRecord record) {
        return new Cause(new ChangeId(record.cause()), ticket.lastEvent(), Optional.empty());
    }

    private Effects.Written write(
            Desk desk, Ticket before, Incident current, Cause cause, Evidence evidence, BooleanSupplier stillOurs) {
        String note = evidence.note();
        try {
            return effects.once(
                    desk,
                    before,
                    cause,
                    new Effects.Write(ONLY, Intent.Kind.CLOSE, Optional.of(current.sysId()), Optional.of(note)),
                    reference -> {
                        Instant claimed = machine.instant();
                        ClosingView again =
                                reader(desk).again(current.sysId()).orElseThrow(() -> withheld("it is gone"));
                        lastLook.objection(
                                        desk,
                                        before,
                                        again,
                                        evidence.timetable().due().start())
                                .ifPresent(why -> {
                                    throw withheld(why);
                                });
                        if (machine.instant().isAfter(claimed.plus(LEAVE_WITHIN)) || !stillOurs.getAsBoolean()) {
                            throw withheld("the last look took too long, or another node took the work over");
                        }
                        return desk.gateway().update(current.sysId(), fields(desk, evidence, reference.signing(note)));
                    });
        } catch (Effects.Withheld withheld) {
            throw new NotNow(withheld.getMessage());
        }
    }

    private static Effects.Withheld withheld(String why) {
        return new Effects.Withheld(why);
    }

    private Map<String, String> fields(Desk desk, Evidence evidence, String signedNote) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("state", IncidentState.RESOLVED.value());
        fields.put("close_code", rules.closeCodes().get(desk.name()));
        fields.put(
                "close_notes",
                "Closed for inactivity after " + evidence.timetable().due().businessDays()
                        + " business days without the customer; no person decided this. See the work notes.");
        fields.put(IncidentText.WORK_NOTES, signedNote);
        return fields;
    }

    /** Looks once more, then records; whatever a person did before the closing takes it back in the next run. */
    private void finish(Desk desk, Ticket ticket, ClosingRecord intended, Optional<Effects.Written> written) {
        Cause cause = cause(ticket, intended);
        Reference reference = Reference.of(cause.id(), ONLY);
        ClosingView after = reader(desk)
                .again(intended.incident())
                .orElseThrow(() -> new NotNow(intended.number() + " is not there any more"));
        Instant closedAt = closedAt(after, reference);
        lastLook.overtaken(desk, ticket, after, intended.countFrom(), closedAt);
        // Only the bridge's own state is its own; whoever reopened it meanwhile is heard by the next reading.
        Ticket closed = ticket.withIncident(intended.incident(), known -> known.withOwnState(IncidentState.RESOLVED));
        Commit commit = new Commit()
                .ticket(closed)
                .commands(toPortal(desk, ticket, intended, reference))
                .closing(record(ticket, intended, Step.CLOSED, closedAt))
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
        String text = closing.number() + " was closed because nothing was heard from you. It is not solved by that."
                + " If you still need help, say so, and the service desk will see it.";
        List<OutgoingCommand> told = new ArrayList<>(
                commands.about(ticket, id, new Request.MessageAdd(text, true, Optional.of(portalText.author()))));
        if (ticket.key() instanceof TicketKey.RecordedIssue) {
            told.addAll(commands.about(
                    ticket, id + "-close", new Request.Close(rules.closeCodes().get(desk.name()), Optional.of(text))));
        }
        return told;
    }

    /** Takes a closing back, because a person had done something before it that was not known. */
    void undo(Desk desk, Ticket ticket, ClosingRecord closing) {
        Cause cause = Cause.ofRule(Cause.CLOSING_UNDONE, ticket, closing.cause());
        Ticket before = settlement.settle(desk, ticket, cause);
        Optional<IncidentRecord> read = desk.gateway().read(closing.incident());
        boolean made = effects.made(before, cause, ONLY).isPresent();
        boolean resolved = read.flatMap(IncidentRecord::state)
                .filter(IncidentState.RESOLVED::equals)
                .isPresent();
        if (!made && !resolved) {
            String shown = read.flatMap(IncidentRecord::state).map(Enum::name).orElse("gone");
            store.commit(new Commit()
                    .closing(record(ticket, closing, Step.UNDONE, clock.instant()))
                    .history(
                            before,
                            List.of(new HistoryEntry(
                                    clock.instant(),
                                    cause.id(),
                                    Cause.CLOSING_UNDONE,
                                    closing.number() + " was not reopened: it is " + shown + " now"))));
            return;
        }
        Back back = Back.of(closing.evidence());
        String note = "Reopened: somebody had worked on this before it was closed for inactivity.";
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                new Effects.Write(ONLY, Intent.Kind.REOPEN, Optional.of(closing.incident()), Optional.of(note)),
                reference -> desk.gateway().update(closing.incident(), back.fields(reference.signing(note))));
        IncidentState shown = written.incident().state().orElse(IncidentState.IN_PROGRESS);
        Ticket reopened = written.ticket()
                .withIncident(
                        closing.incident(),
                        known -> known.withState(shown).telling(known.told().withState(shown, back.toldReason(shown))));
        store.commit(new Commit()
                .ticket(reopened)
                .settling(List.of(written.settled()))
                .commands(commands.about(
                        ticket,
                        Commands.inactive(desk.name(), Reference.of(cause.id(), ONLY)),
                        new Request.MessageAdd(
                                closing.number() + " is open again.", true, Optional.of(portalText.author()))))
                .closing(record(ticket, closing, Step.UNDONE, clock.instant()))
                .history(List.of(new HistoryEntry(
                        clock.instant(), cause.id(), Cause.CLOSING_UNDONE, closing.number() + " reopened"))));
    }

    /** What the incident goes back to. */
    private record Back(String state, String holdReason) {

        static Back of(String evidence) {
            return new Back(Evidence.text(evidence, "stateBefore"), Evidence.text(evidence, "holdReasonBefore"));
        }

        Map<String, String> fields(String signedNote) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("state", state);
            if (state.equals(IncidentState.ON_HOLD.value())) {
                fields.put("hold_reason", holdReason);
            }
            fields.put(IncidentText.WORK_NOTES, signedNote);
            return fields;
        }

        Optional<String> toldReason(IncidentState shown) {
            return shown == IncidentState.ON_HOLD ? Optional.of(holdReason) : Optional.empty();
        }
    }

    private ClosingReader reader(Desk desk) {
        return desk.gateway().closing(rules.keepOpenField());
    }

    private static void object(Optional<String> objection) {
        objection.ifPresent(why -> {
            throw new NotNow(why);
        });
    }

    private static ClosingRecord record(
            Ticket ticket, Incident current, Cause cause, Step step, Instant at, Instant countFrom, String evidence) {
        return new ClosingRecord(
                ticket.tenant(),
                ticket.instance(),
                ticket.id(),
                current.sysId(),
                current.number(),
                cause.id().value(),
                step,
                at,
                countFrom,
                evidence);
    }

    private static ClosingRecord record(Ticket ticket, ClosingRecord earlier, Step step, Instant at) {
        return new ClosingRecord(
                ticket.tenant(),
                ticket.instance(),
                ticket.id(),
                earlier.incident(),
                earlier.number(),
                earlier.cause(),
                step,
                at,
                earlier.countFrom(),
                earlier.evidence());
    }
}
