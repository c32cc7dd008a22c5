package io.roombridge.adoption;

import io.roombridge.ticket.IncidentState;
import java.util.Optional;

/**
 * An incident that another integration may have made, as ServiceNow has it.
 *
 * @param state empty for a state that the customer added to the standard ones
 * @param active ServiceNow's own word on whether it is still worked on; a resolved one is
 * @param correlationId empty text where nobody wrote one
 * @param text short description and description
 */
public record NativeIncident(
        String sysId,
        String number,
        Optional<IncidentState> state,
        boolean active,
        String correlationId,
        String correlationDisplay,
        String text) {

    /** Whether it takes no changes any more. */
    public boolean over() {
        return !active || state.filter(IncidentState::terminal).isPresent();
    }
}
