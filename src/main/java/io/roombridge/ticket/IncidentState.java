package io.roombridge.ticket;

import java.util.Arrays;
import java.util.Optional;

/** The state of a ServiceNow incident with its value in the {@code state} field (facts/servicenow.md, section 2.1). */
public enum IncidentState {
    NEW("1"),
    IN_PROGRESS("2"),
    ON_HOLD("3"),
    RESOLVED("6"),
    CLOSED("7"),
    CANCELED("8");

    private final String value;

    IncidentState(String value) {
        this.value = value;
    }

    /** The value as the Table API reads and writes it. */
    public String value() {
        return value;
    }

    /** New, In Progress or On Hold: somebody may be working on it. */
    public boolean active() {
        return this == NEW || this == IN_PROGRESS || this == ON_HOLD;
    }

    /** Closed and Canceled incidents are never written to again (design, section 3.7). */
    public boolean terminal() {
        return this == CLOSED || this == CANCELED;
    }

    public static Optional<IncidentState> of(String value) {
        return Arrays.stream(values())
                .filter(state -> state.value.equals(value))
                .findFirst();
    }
}
