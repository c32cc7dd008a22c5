package io.roombridge.route;

import io.roombridge.correlation.Intent.Kind;
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

    /** The bridge's own incident, as the answer to its making shows it. */
    static Incident made(IncidentRecord read, int episode, ChangeId cause, Instant now) {
        return recorded(read, episode, cause, IncidentState.NEW, now);
    }

    /**
     * The bridge's own incident, found some time after it was made: what people did to it until then is still to be told,
     * and not to be overruled.
     */
    static Incident found(IncidentRecord read, int episode, ChangeId cause, Instant now) {
        Incident found = made(read, episode, cause, now);
        return read.modCount() == 0 ? found : found.withBaseline(UNKNOWN);
    }

    /** Whatever the incident shows may be a person's. */
    private static final Incident.Baseline UNKNOWN = new Incident.Baseline("", "", "");

    /** An incident from before the store's memory, as it was found. */
    static Incident adopted(IncidentRecord read, int episode, ChangeId cause, Instant now) {
        return recorded(read, episode, cause, read.state().orElse(IncidentState.NEW), now);
    }

    /** An incident that the bridge wrote to, in the state that it shows now. */
    static Incident after(Kind write, Incident known, IncidentState shown) {
        return write.leaves(shown) ? known.withOwnState(shown) : known.withState(shown);
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
