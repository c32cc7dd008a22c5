package io.roombridge.doctor;

import io.roombridge.servicenow.ServiceNowFailure;
import java.util.List;
import java.util.Map;

/** Whether an incident can be changed. Whether the change stays is seen later: {@link Staying}. */
final class Writing implements Probe {

    private final Scratch scratch;

    Writing(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> look() {
        try {
            scratch.write(Map.of("urgency", "2", "short_description", Scratch.TITLE + " (changed)"));
            return List.of(Finding.green("an incident can be changed"));
        } catch (ServiceNowFailure failure) {
            return List.of(Refused.finding(failure, "an incident could not be changed"));
        }
    }
}
