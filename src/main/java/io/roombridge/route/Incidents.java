package io.roombridge.route;

import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Told;
import java.time.Instant;
import java.util.Optional;

/** What the instance returned, as it is recorded in a ticket. */
final class Incidents {

    private Incidents() {}

    static Incident recorded(IncidentRecord read, int episode, ChangeId cause, Instant now) {
        return new Incident(
                read.sysId(),
                read.number(),
                read.state().orElse(IncidentState.NEW),
                episode,
                cause,
                parent(read),
                baseline(read),
                Told.nothingBut(read.state().orElse(IncidentState.NEW)),
                now);
    }

    /** A row without a readable date counts as the oldest. */
    static Instant createdOn(IncidentRecord read) {
        return read.createdOn().orElse(Instant.EPOCH);
    }

    static Optional<String> parent(IncidentRecord read) {
        return Optional.of(read.parent()).filter(sysId -> !sysId.isEmpty());
    }

    static Incident.Baseline baseline(IncidentRecord read) {
        return new Incident.Baseline(read.impact(), read.urgency(), read.shortDescription());
    }
}
