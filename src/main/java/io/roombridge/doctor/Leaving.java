package io.roombridge.doctor;

import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import java.util.List;
import java.util.Map;

/** Takes the scratch incident away where the role allows it, else leaves it canceled, and says so. Comes last. */
final class Leaving implements Probe {

    private static final String CANCELED = "8";

    private final Scratch scratch;

    Leaving(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> look() {
        if (!scratch.exists()) {
            return List.of(Finding.green("nothing was made"));
        }
        if (scratch.instance().inspection().deleteIncident(scratch.sysId())) {
            return List.of(Finding.green("deleted " + scratch.number()));
        }
        try {
            IncidentRecord left = scratch.instance().gateway().update(scratch.sysId(), Map.of("state", CANCELED));
            return List.of(
                    left.stateValue().equals(CANCELED)
                            ? Finding.green("left " + scratch.number()
                                    + " canceled (the role does not allow to delete, and need not)")
                            : leftOpen("it did not become Canceled"));
        } catch (ServiceNowFailure failure) {
            return List.of(leftOpen(failure.getMessage()));
        }
    }

    private Finding leftOpen(String why) {
        return Finding.amber(
                "left " + scratch.number() + " as it is: " + why,
                "the scratch incident is canceled or deleted",
                "cancel or delete " + scratch.number() + " by hand (correlation_id " + scratch.id() + ")");
    }
}
