package io.roombridge.ticket;

import java.util.Optional;

/** The state of a portal ticket, in the words of the event contract (facts/portal.md, section 9.2). */
public enum PortalState {
    NEW("new"),
    /** Before activation: the signal is being watched and is not unhealthy yet. */
    WATCHING("watching"),
    /** System Investigating: automation has the ball. */
    INVESTIGATING("investigating"),
    /** Needs Action: the customer has the ball. */
    NEEDS_ACTION("needsAction"),
    RESOLVED("resolved"),
    CLOSED("closed");

    private final String label;

    PortalState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether the signal is unhealthy in this state, that is, whether somebody may have to act. */
    public boolean unhealthy() {
        return this == NEW || this == INVESTIGATING || this == NEEDS_ACTION;
    }

    public static Optional<PortalState> of(String label) {
        return Labels.find(values(), PortalState::label, label);
    }
}
