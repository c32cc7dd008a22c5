package io.roombridge.eventhubs;

import java.util.Locale;

/**
 * One partition of one hub as one consumer group reads it. All lower case, as the SDK's processor asks the checkpoint store
 * (facts/eventhubs.md, section 3.7).
 */
public record HubPartition(String namespace, String hub, String consumerGroup, String id) {

    public HubPartition {
        namespace = namespace.toLowerCase(Locale.ROOT);
        hub = hub.toLowerCase(Locale.ROOT);
        consumerGroup = consumerGroup.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return namespace + "/" + hub + "/" + consumerGroup + "/" + id;
    }
}
