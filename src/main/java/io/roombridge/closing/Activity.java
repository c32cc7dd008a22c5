package io.roombridge.closing;

import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.PortalState;
import java.time.Instant;
import java.util.Optional;

/**
 * One recorded fact about a ticket from which it follows who has to act. Whose turn it is, is never stored: it is derived
 * from these facts each time, so that a replay, a restart or a late fact gives the same answer.
 *
 * @param id known facts are recorded once: the event, the journal entry, or the version of the incident it comes from
 * @param earliest before this it cannot have happened; earlier than {@code at} where only a span is known, else the same
 * @param at when it happened, by the clock of the side where it happened; the end of the span where only that is known
 * @param incident the sys_id of the incident whose state or assignment it is; empty for what is about the whole ticket
 * @param value what the kind says: a portal state, an incident's state, nothing
 */
public record Activity(String id, Kind kind, Instant earliest, Instant at, Optional<String> incident, String value) {

    /** What can happen to a ticket. The last two are recorded because they are states, not because they are activity. */
    public enum Kind {
        /** A person on the customer's side wrote, attached a file, or raised the ticket. */
        CUSTOMER_ENTRY,
        /** A person of the SOC wrote what the customer reads. */
        SOC_ENTRY,
        /** A person wrote a work note or attached a file that the customer does not see. */
        SOC_NOTE,
        /** The portal's status of the ticket changed. */
        PORTAL_STATUS,
        /** Somebody other than the bridge changed the incident's state or the reason of its hold. */
        DESK_STATE,
        /** Somebody gave the incident to another person or group. */
        ASSIGNED,
        /** The bridge itself changed the incident's state. */
        OWN_STATE;

        /** Whether it shows that somebody is at work on the ticket, which starts the count anew. */
        public boolean restarts() {
            return this != OWN_STATE;
        }
    }

    /** How the id of a fact ends that a person's message or file in the portal gave. */
    public static final String IN_PORTAL = "#entry";

    private static final String SEPARATOR = ":";

    /** The portal says this of the ticket from now on. */
    public static Activity portalStatus(String id, Instant at, PortalState state) {
        return new Activity(id, Kind.PORTAL_STATUS, at, at, Optional.empty(), state.name());
    }

    /** A person wrote or attached something. */
    public static Activity entry(String id, Kind kind, Instant at) {
        return new Activity(id, kind, at, at, Optional.empty(), "");
    }

    /** @param holdReason the value of {@code hold_reason}; it counts only on hold */
    public static Activity deskState(
            String id, boolean own, Instant at, String incident, IncidentState state, String holdReason) {
        String value = state == IncidentState.ON_HOLD ? state + SEPARATOR + holdReason : state.name();
        return new Activity(id, own ? Kind.OWN_STATE : Kind.DESK_STATE, at, at, Optional.of(incident), value);
    }

    public static Activity assigned(String id, Instant at, String incident) {
        return new Activity(id, Kind.ASSIGNED, at, at, Optional.of(incident), "");
    }

    /** The same, where it may have happened at any time from then until {@link #at}. */
    public Activity notBefore(Instant begin) {
        return new Activity(id, kind, begin.isBefore(at) ? begin : at, at, incident, value);
    }

    PortalState portalState() {
        return PortalState.valueOf(value);
    }

    IncidentState deskState() {
        return IncidentState.valueOf(value.split(SEPARATOR, 2)[0]);
    }

    String holdReason() {
        int separator = value.indexOf(SEPARATOR);
        return separator < 0 ? "" : value.substring(separator + 1);
    }
}
