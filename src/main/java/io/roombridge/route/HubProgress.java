package io.roombridge.route;

import java.util.Map;
import java.util.OptionalLong;

/** How far the hub is read. */
@FunctionalInterface
public interface HubProgress {

    /**
     * The checkpoint of every partition of the hub, as a sequence number: everything up to it is finished. Empty for a
     * partition without a checkpoint; an empty map while the partitions are not known.
     */
    Map<String, OptionalLong> checkpoints();

    /** The same of everything by which this tenant may be heard. */
    default Map<String, OptionalLong> checkpoints(String tenant) {
        return checkpoints();
    }
}
