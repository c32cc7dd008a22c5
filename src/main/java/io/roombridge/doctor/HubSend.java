package io.roombridge.doctor;

import io.roombridge.eventhubs.HubVisit;
import java.util.List;

/** Whether commands can be sent. Only the link is opened: a command would be seen by people. */
final class HubSend implements Probe {

    private final HubUnderTest hub;

    HubSend(HubUnderTest hub) {
        this.hub = hub;
    }

    @Override
    public List<Finding> look() {
        try {
            hub.visit().mayBeSentTo();
            return List.of(
                    Finding.green("the hub " + hub.name() + " takes commands (the link was opened, nothing sent)"));
        } catch (HubVisit.Refused refused) {
            return List.of(hub.refused(refused, "Send", "the hub " + hub.name()));
        }
    }
}
