package io.roombridge.ticket;

import java.util.Optional;

/**
 * What the portal has been told of an incident, or need not be told because the bridge did it itself. A difference to
 * what the incident shows is news for the portal.
 *
 * @param linked whether the portal shows the incident's number
 * @param acknowledged whether the portal was told that somebody works on it
 * @param state the state last told; the bridge's own writes count as told
 * @param holdReason the value of {@code hold_reason} last told
 */
public record Told(boolean linked, boolean acknowledged, IncidentState state, Optional<String> holdReason) {

    /** Nothing but the state in which the bridge found or made the incident. */
    public static Told nothingBut(IncidentState state) {
        return new Told(false, false, state, Optional.empty());
    }

    public Told withState(IncidentState told, Optional<String> reason) {
        return new Told(linked, acknowledged, told, reason);
    }

    public Told withLink() {
        return new Told(true, acknowledged, state, holdReason);
    }

    public Told withAcknowledgement() {
        return new Told(linked, true, state, holdReason);
    }
}
