package io.roombridge.route;

/**
 * Where a change was read.
 *
 * @param delivery what is presented as a whole until all of it is through: a message of the hub, an incident of an instance
 * @param change which of its changes
 */
public record Arrival(String delivery, String change) {

    /** The name of a message of the hub. */
    static String delivery(String partition, long sequence) {
        return partition + "/" + sequence;
    }
}
