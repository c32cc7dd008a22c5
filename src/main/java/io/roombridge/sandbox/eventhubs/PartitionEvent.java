package io.roombridge.sandbox.eventhubs;

/**
 * An event in its place.
 *
 * @param offset a number that grows with each event of the partition, but not by one
 * @param enqueuedTime milliseconds since 1970; never less than that of the event before
 */
record PartitionEvent(EncodedEvent event, long sequenceNumber, long offset, long enqueuedTime) {}
