package io.roombridge.eventhubs;

/**
 * An event was not taken because its partition is no longer ours; thrown into the SDK, which then closes the partition's
 * pump and, when the partition is ours again, starts a new one at the checkpoint. Not a failure of the event.
 */
final class RefusedDelivery extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    RefusedDelivery(HubPartition partition) {
        super("partition " + partition + " is no longer read here; the event stays in the hub for its next reader");
    }
}
