package io.roombridge.route;

import io.roombridge.closing.Simulation.Past;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads from the store what is recorded of each incident, for {@link io.roombridge.closing.Simulation}; writes nothing. */
public final class RecordedPast {

    private static final int PAGE = 200;

    private final ClosingBook book;
    private final Activities activities;
    private final RoomPlaces places;

    public RecordedPast(ClosingBook book, Activities activities, RoomPlaces places) {
        this.book = book;
        this.activities = activities;
        this.places = places;
    }

    /** One incident after the other, so that memory does not grow with the store. */
    public void each(Consumer<Past> reader) {
        List<Ticket> page = book.withFacts("", PAGE);
        while (!page.isEmpty()) {
            page.forEach(ticket -> of(ticket).forEach(reader));
            page = book.withFacts(page.get(page.size() - 1).id().value(), PAGE);
        }
    }

    private List<Past> of(Ticket ticket) {
        List<Past> incidents = new ArrayList<>();
        List<ClosingRecord> records = book.records(ticket);
        List<Incident> chain = ticket.chain();
        for (int i = 0; i < chain.size(); i++) {
            Incident incident = chain.get(i);
            incidents.add(new Past(
                    ticket.tenant(),
                    ticket.id().value(),
                    incident.sysId(),
                    incident.number(),
                    ticket.portal().origin(),
                    places.of(ticket),
                    activities.of(ticket),
                    i == 0 ? Instant.MIN : incident.recordedAt(),
                    i == chain.size() - 1
                            ? Optional.empty()
                            : Optional.of(chain.get(i + 1).recordedAt()),
                    records.stream()
                            .filter(record -> record.step() == Step.CLOSED
                                    && record.incident().equals(incident.sysId()))
                            .map(ClosingRecord::at)
                            .findFirst()));
        }
        return incidents;
    }
}
