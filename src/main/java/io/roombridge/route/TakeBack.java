package io.roombridge.route;

import io.roombridge.closing.Evidence;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a ticket again that was closed for inactivity, because people come first: somebody had done something before the
 * closing that was not known, or the customer answered in the portal after it (design, section 3.6).
 */
final class TakeBack {

    private static final int ONLY = 1;

    /** Why it is opened again. */
    enum Why {
        /** A person's work from before the closing was found after it. */
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
    private final Effects effects;
    private final Settlement settlement;
    private final Commands commands;
    private final ClosingTexts texts;
    private final Clock clock;

    TakeBack(
            CorrelationStore store,
            Effects effects,
            Settlement settlement,
            Commands commands,
            ClosingTexts texts,
            Clock clock) {
        this.store = store;
        this.effects = effects;
        this.settlement = settlement;
        this.commands = commands;
        this.texts = texts;
        this.clock = clock;
    }

    /** Where somebody opened, closed or deleted it meanwhile, that stands, and only the record says so. */
    void open(Desk desk, Ticket ticket, ClosingRecord closing, Why why) {
        Cause cause = Cause.ofRule(Cause.CLOSING_UNDONE, ticket, closing.cause());
        Ticket before = settlement.settle(desk, ticket, cause);
        Optional<IncidentRecord> read = desk.gateway().read(closing.incident());
        Optional<IncidentState> shown = read.flatMap(IncidentRecord::state);
        boolean made = effects.made(before, cause, ONLY).isPresent();
        if (!made && shown.filter(IncidentState.RESOLVED::equals).isEmpty()) {
            String said = closing.number() + " was not reopened: it is "
                    + shown.map(Enum::name).orElse("gone") + " now";
            store.commit(new Commit()
                    .closing(closing.then(why.step, clock.instant()))
                    .history(before, said(cause, said)));
            return;
        }
        Back back = why == Why.OVERTAKEN ? Back.of(closing.evidence()) : Back.to(read.map(IncidentRecord::assignedTo));
        reopen(desk, before, closing, why, cause, back);
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
