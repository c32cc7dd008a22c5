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

    /**
     * The bridge's own incident, maybe found only a minute after it was made: what people did to it until then is still to
     * be told.
     */
    static Incident made(IncidentRecord read, int episode, ChangeId cause, Instant now) {
        return recorded(read, episode, cause, IncidentState.NEW, now);
    }

    /** An incident from before the store's memory, as it was found. */
    static Incident adopted(IncidentRecord read, int episode, ChangeId cause, Instant now) {
        return recorded(read, episode, cause, read.state().orElse(IncidentState.NEW), now);
    }

    private static Incident recorded(
            IncidentRecord read, int episode, ChangeId cause, IncidentState told, Instant now) {
        return new Incident(
                read.sysId(),
                read.number(),
                read.state().orElse(IncidentState.NEW),
                episode,
                cause,
                parent(read),
                baseline(read),
                Told.nothingBut(told),
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
