package io.roombridge.doctor;

import io.roombridge.eventhubs.HubVisit;
import io.roombridge.eventhubs.HubVisit.PartitionState;
import java.util.Comparator;
import java.util.List;

/** Whether the consumer group is there and the key may read it. Where events are kept one is fetched, and left where it is. */
final class HubGroup implements Probe {

    private final HubUnderTest hub;
    private final String group;

    HubGroup(HubUnderTest hub, String group) {
        this.hub = hub;
        this.group = group;
    }

    @Override
    public List<Finding> look() {
        PartitionState fullest = hub.partitions().stream()
                .max(Comparator.comparingLong(held -> held.last() - held.first()))
                .orElseThrow();
        try {
            boolean read = hub.visit().readBy(fullest.id());
            return List.of(Finding.green("the consumer group " + group + " is there"
                    + (read ? ", and a bridge reads it" : "; nobody reads partition " + fullest.id() + " now")));
        } catch (HubVisit.Refused refused) {
            return List.of(
                    refused.why() == HubVisit.Why.NOT_FOUND
                            ? Finding.red(
                                    "there is no consumer group " + group + " at the hub " + hub.name(),
                                    "a consumer group of the bridge's own",
                                    "create it (Azure portal › Event Hubs › namespace › " + hub.name()
                                            + " › Consumer groups), or name another in roombridge.hub.consumer-group")
                            : hub.refused(refused, "Listen", "the consumer group " + group));
        }
    }
}
