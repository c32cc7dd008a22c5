package io.roombridge.doctor;

import io.roombridge.servicenow.IncidentChanges;
import io.roombridge.servicenow.ServiceNowFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Whether the query works that the bridge polls with: a range and an order on the time of the last change. */
final class Polling implements Probe {

    private static final Duration BACK = Duration.ofDays(1);

    private final Instance instance;
    private final Clock machine;

    Polling(Instance instance, Clock machine) {
        this.instance = instance;
        this.machine = machine;
    }

    @Override
    public List<Finding> look() {
        try {
            IncidentChanges.Page page = instance.gateway()
                    .changes()
                    .since(IncidentChanges.Cursor.from(machine.instant().minus(BACK)), 1);
            return List.of(
                    page.foreign().isEmpty()
                            ? Finding.green("changes can be polled by the time of the last change")
                            : Finding.red(
                                    "the condition on correlation_id was dropped: others' incidents came back",
                                    "only incidents whose correlation_id begins with rb-",
                                    "let the integration user read incident.correlation_id (System Security › Access"
                                            + " Control, table incident, field correlation_id, operation read)"));
        } catch (ServiceNowFailure failure) {
            if (!failure.permanent()) {
                throw failure;
            }
            return List.of(Finding.red(
                    "polling is refused: " + failure.getMessage(),
                    "ranges and sorting on sys_updated_on and sys_id, STARTSWITH on correlation_id",
                    "add the operation query_range for the integration user's role to the access controls of these fields"
                            + " of incident (System Security › Access Control)"));
        }
    }
}
