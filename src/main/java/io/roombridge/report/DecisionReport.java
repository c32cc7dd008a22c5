package io.roombridge.report;

import io.roombridge.correlation.Decisions;
import io.roombridge.portal.PortalEvents;
import org.jdbi.v3.core.Jdbi;

/** The report of a period, from the decision records of a store; the same store and period give the same text. */
public final class DecisionReport {

    private final Jdbi jdbi;
    private final PortalEvents events = new PortalEvents();

    public DecisionReport(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public String of(Period period, Format format) {
        return format.write(InWords.of(figures(period)));
    }

    Figures figures(Period period) {
        return Decisions.atOneMoment(jdbi, store -> Figures.of(store, period, ticket -> Place.of(events, ticket)));
    }
}
