package io.roombridge.mapping;

import java.util.Locale;

/** The notes the bridge writes into an incident, each with its own mapping file: {@code note-message.jslt} and so on. */
public enum NoteKind {
    /** A message from the portal, with its author; the write path chooses between comment and work note. */
    MESSAGE,
    /** An automatic diagnosis or repair ended. */
    REMEDIATION,
    /** The severity changed, and a person has taken impact and urgency over. */
    SEVERITY,
    /** The title changed, and a person has taken the short description over. */
    RETITLED,
    /** The portal works on it by itself: System Investigating. */
    INVESTIGATING,
    /** The portal handed it to the customer: Needs Action. */
    NEEDS_ACTION,
    /** The signal is healthy, but a person has taken the incident over. */
    HEALTHY_SINCE,
    /** Unhealthy again, where the incident may not be reopened by the bridge. */
    RELAPSE,
    /** An agent resolved the incident and the signal is still unhealthy. */
    STILL_UNHEALTHY,
    /** The signal or its device was suppressed; the bridge writes nothing more until it is heard again. */
    SUPPRESSED,
    /** No longer suppressed: how things are now. */
    HEARD_AGAIN,
    /** The device is out of the portal's sight, so the state of the signal is not known. */
    STATE_UNKNOWN,
    /** The device is offline, which says all that this signal says. */
    ABSORBED,
    /** The device was removed, but a person has taken the incident over. */
    UNENROLLED,
    /** The hardware was replaced; the ticket goes on. */
    REPLACED,
    /** An incident of another integration becomes the ticket's. */
    ADOPTED,
    /** It is given back. */
    GIVEN_BACK,
    /** For the closed incident's successor, or wherever the successor has to be named. */
    FOLLOW_UP;

    public String file() {
        return "note-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".jslt";
    }
}
