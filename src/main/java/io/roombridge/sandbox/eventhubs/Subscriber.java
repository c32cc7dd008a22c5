package io.roombridge.sandbox.eventhubs;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A receiver that reads a partition at the moment.
 *
 * @param receiverName the name the client gave itself, if any
 * @param epoch empty for a receiver that shares the partition with others
 */
public record Subscriber(
        String hub, String partition, String consumerGroup, Optional<String> receiverName, OptionalLong epoch) {}
