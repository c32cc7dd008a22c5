package io.roombridge.doctor;

import io.roombridge.eventhubs.HubVisit;
import java.util.List;

/** Whether the hub answers, and is the one that is meant. */
final class HubReach implements Probe {

    private final HubUnderTest hub;

    HubReach(HubUnderTest hub) {
        this.hub = hub;
    }

    @Override
    public List<Finding> look() {
        try {
            int partitions = hub.partitions().size();
            return List.of(Finding.green("the hub " + hub.name() + " has " + partitions + " partitions"));
        } catch (HubVisit.Refused refused) {
            return List.of(hub.refused(refused, "Listen", "the hub " + hub.name()));
        }
    }
}
