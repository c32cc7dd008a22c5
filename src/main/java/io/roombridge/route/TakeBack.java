package io.roombridge.route;

import io.roombridge.closing.Activity;
import io.roombridge.closing.Evidence;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.HistoryEntry;
import io.roombridge.correlation.Intent;
import io.roombridge.mapping.ClosingText;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens a ticket again that was closed for inactivity, because people come first: somebody had done something before the
 * closing that was not known, or the customer answered in the portal after it (design, section 3.6).
 */
final class TakeBack {

    private static final int ONLY = 1;

    /** One write stamps the incident and its note; an instance does so one after the other, to the second. */
    private static final Duration SAME_WRITE = Duration.ofSeconds(5);

    /** Why it is opened again. */
    private enum Why {
        /** A person's work from before the closing was found after it: a fact that was not known when it was decided. */
        OVERTAKEN(ClosingText.TAKEN_BACK, Step.UNDONE),
        /** The customer wrote in the portal after the closing. */
        ANSWERED(ClosingText.ANSWERED, Step.REOPENED);

        private final ClosingText note;
        private final Step step;

        Why(ClosingText note, Step step) {
            this.note = note;
            this.step = step;
        }
    }

    private final CorrelationStore store;
    private final Activities activities;
    private final Effects effects;
    private final Settlement settlement;
    private final Commands commands;
    private final ClosingTexts texts;
    private final Clock clock;

    TakeBack(
            CorrelationStore store,
            Activities activities,
            Effects effects,
            Settlement settlement,
            Commands commands,
            ClosingTexts texts,
            Clock clock) {
        this.store = store;
        this.activities = activities;
        this.effects = effects;
        this.settlement = settlement;
        this.commands = commands;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Opens what was closed since that moment and should not have been, or not any more. Every fact makes the ticket be
     * looked at, so a closing is asked about here whenever anything is learnt that could speak against it.
     *
     * @param records every step recorded for the ticket
     * @return whether there was anything of the kind: then the ticket is to be read again
     */
    boolean open(Desk desk, Ticket ticket, List<ClosingRecord> records, Instant since) {
        for (ClosingRecord closing : standing(records, since)) {
            Optional<Why> why = why(closing, activities.of(ticket));
            if (why.isPresent()) {
                open(desk, ticket, closing, why.get());
                return true;
            }
        }
        return false;
    }

    /** Closings that were not taken back. */
    private static List<ClosingRecord> standing(List<ClosingRecord> records, Instant since) {
        Set<String> taken = records.stream()
                .filter(record -> record.step() == Step.UNDONE || record.step() == Step.REOPENED)
                .map(ClosingRecord::cause)
                .collect(Collectors.toSet());
        return records.stream()
                .filter(record -> record.step() == Step.CLOSED)
                .filter(record -> !record.at().isBefore(since) && !taken.contains(record.cause()))
                .toList();
    }

    /**
     * What is written in ServiceNow is no answer: there people open the incident themselves, and mail programs answer
     * everything.
     */
    private static Optional<Why> why(ClosingRecord closing, List<Activity> facts) {
        boolean overtaken = facts.stream()
                .anyMatch(fact -> fact.kind().restarts()
                        && fact.at().isAfter(closing.countFrom())
                        && !fact.at().isAfter(closing.at()));
        boolean answered = facts.stream()
                .anyMatch(fact -> fact.kind() == Activity.Kind.CUSTOMER_ENTRY
                        && fact.id().endsWith(Activity.IN_PORTAL)
                        && fact.at().isAfter(closing.at()));
        return overtaken ? Optional.of(Why.OVERTAKEN) : answered ? Optional.of(Why.ANSWERED) : Optional.empty();
    }

    /** Where somebody opened, resolved, closed or deleted it meanwhile, that stands, and only the record says so. */
    private void open(Desk desk, Ticket ticket, ClosingRecord closing, Why why) {
        Cause cause = Cause.ofRule(Cause.CLOSING_UNDONE, ticket, closing.cause());
        Ticket before = settlement.settle(desk, ticket, cause);
        Optional<IncidentRecord> read = desk.gateway().read(closing.incident());
        Optional<String> objection = effects.made(before, cause, ONLY).isPresent()
                ? Optional.empty()
                : meanwhile(read, closing, activities.of(before));
        if (objection.isPresent()) {
            String said = closing.number() + " was not reopened: " + objection.get();
            store.commit(new Commit()
                    .closing(closing.then(why.step, clock.instant()))
                    .history(before, said(cause, said)));
            return;
        }
        Back back = why == Why.OVERTAKEN ? Back.of(closing.evidence()) : Back.to(read.map(IncidentRecord::assignedTo));
        reopen(desk, before, closing, why, cause, back);
    }

    /** What became of the incident since the closing, which then stands; empty while it is as the closing left it. */
    private static Optional<String> meanwhile(
            Optional<IncidentRecord> read, ClosingRecord closing, List<Activity> facts) {
        Optional<IncidentState> shown = read.flatMap(IncidentRecord::state);
        if (shown.filter(IncidentState.RESOLVED::equals).isEmpty()) {
            return Optional.of("it is " + shown.map(Enum::name).orElse("gone") + " now");
        }
        boolean later = read.flatMap(IncidentRecord::over)
                .filter(closing.at().plus(SAME_WRITE)::isBefore)
                .isPresent();
        // An instance may keep the first moment of several; then the state in between, if it was read, tells the same.
        boolean moved = facts.stream()
                .anyMatch(fact -> fact.kind() == Activity.Kind.DESK_STATE
                        && fact.incident().equals(Optional.of(closing.incident()))
                        && fact.at().isAfter(closing.at()));
        return later || moved ? Optional.of("it was resolved anew since the closing") : Optional.empty();
    }

    private void reopen(Desk desk, Ticket before, ClosingRecord closing, Why why, Cause cause, Back back) {
        String note = texts.of(why.note, before, closing.number());
        Effects.Written written = effects.once(
                desk,
                before,
                cause,
                new Effects.Write(ONLY, Intent.Kind.REOPEN, Optional.of(closing.incident()), Optional.of(note)),
                reference -> desk.gateway().update(closing.incident(), back.fields(reference.signing(note))));
        IncidentState now = written.incident().state().orElse(IncidentState.IN_PROGRESS);
        Ticket reopened = written.ticket()
                .withIncident(
                        closing.incident(),
                        known -> known.withState(now).telling(known.told().withState(now, back.toldReason(now))));
        store.commit(new Commit()
                .ticket(reopened)
                .settling(List.of(written.settled()))
                .commands(commands.about(
                        before,
                        Commands.inactive(desk.name(), Reference.of(cause.id(), ONLY)),
                        texts.message(texts.of(ClosingText.OPEN_AGAIN, before, closing.number()))))
                .closing(closing.then(why.step, clock.instant()))
                .history(said(cause, closing.number() + " reopened")));
    }

    private List<HistoryEntry> said(Cause cause, String text) {
        return List.of(new HistoryEntry(clock.instant(), cause.id(), Cause.CLOSING_UNDONE, text));
    }

    /** The state that the incident goes to. */
    private record Back(String state, String holdReason) {

        /** As it was before the closing. */
        static Back of(String evidence) {
            return new Back(Evidence.text(evidence, "stateBefore"), Evidence.text(evidence, "holdReasonBefore"));
        }

        /** Open, as after a relapse: the answer has ended any waiting for the caller. */
        static Back to(Optional<String> assignedTo) {
            boolean assigned = assignedTo.filter(person -> !person.isEmpty()).isPresent();
            return new Back((assigned ? IncidentState.IN_PROGRESS : IncidentState.NEW).value(), "");
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
}
