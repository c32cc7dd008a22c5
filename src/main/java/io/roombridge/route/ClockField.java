package io.roombridge.route;

import io.roombridge.closing.Timetable;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ClosingClock;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Intent;
import io.roombridge.mapping.ClosingText;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the clock in plain words in a field of the incident, for those who work there: one write when the date changes,
 * never a note. An incident that is on hold or over is left alone (design, sections 3.6 and 3.7).
 */
final class ClockField {

    private static final int ONLY = 1;

    /** Recorded while nobody can say what the field shows; no text of the mapping, so the field is written anew. */
    private static final String UNSURE = "?";

    private final CorrelationStore store;
    private final ClosingBook book;
    private final Effects effects;
    private final Settlement settlement;
    private final ClosingTexts texts;
    private final Optional<String> field;

    /** @param field the name of a text field of incidents; empty when none shows the clock */
    ClockField(
            CorrelationStore store,
            ClosingBook book,
            Effects effects,
            Settlement settlement,
            ClosingTexts texts,
            Optional<String> field) {
        this.store = store;
        this.book = book;
        this.effects = effects;
        this.settlement = settlement;
        this.texts = texts;
        this.field = field;
    }

    /** @param dates empty while nothing is counted: then the field is empty too */
    void show(Desk desk, Ticket looked, Optional<Timetable> dates) {
        if (field.isEmpty()) {
            return;
        }
        // The look before this one may have moved both on.
        Ticket ticket =
                store.ticket(looked.tenant(), looked.instance(), looked.id()).orElseThrow();
        ClosingClock row = book.clock(ticket).orElseThrow();
        Optional<Incident> open = ticket.current().filter(incident -> workedOn(incident.state()));
        if (open.isEmpty()) {
            return;
        }
        String words = dates.map(count ->
                        texts.of(ClosingText.CLOCK, ticket, open.get().number(), count, ClosingTexts.signal(ticket)))
                .orElse("");
        if (!words.equals(row.announced().shown())) {
            write(desk, ticket, open.get(), row, words, dates);
        }
    }

    private void write(
            Desk desk, Ticket ticket, Incident open, ClosingClock row, String words, Optional<Timetable> dates) {
        Cause cause = Cause.ofRule(Cause.CLOSING_CLOCK, ticket, Long.toString(row.version()));
        Ticket before = settlement.settle(desk, ticket, cause);
        boolean still = desk.gateway()
                .read(open.sysId())
                .flatMap(IncidentRecord::state)
                .filter(ClockField::workedOn)
                .isPresent();
        if (still) {
            // From the write on, people may read the date, whether its answer arrives or not.
            store.commit(new Commit().clock(row.showing(UNSURE, dates.map(Timetable::lastDay))));
            Effects.Written written = effects.once(
                    desk,
                    before,
                    cause,
                    new Effects.Write(ONLY, Intent.Kind.UPDATE, Optional.of(open.sysId()), Optional.empty()),
                    reference -> desk.gateway().update(open.sysId(), Map.of(field.orElseThrow(), words)));
            store.commit(new Commit()
                    .settling(List.of(written.settled()))
                    .clock(book.clock(ticket).orElseThrow().showing(words, dates.map(Timetable::lastDay))));
        }
    }

    private static boolean workedOn(IncidentState state) {
        return state == IncidentState.NEW || state == IncidentState.IN_PROGRESS;
    }
}
