package io.roombridge.eventhubs;

/**
 * Where a delivery stands in its partition.
 *
 * @param ordinal the how-manieth delivery of this reader it is, from 1; the only one of the three with which one may count,
 *     because sequence numbers may have gaps
 * @param sequence the hub's sequence number
 * @param offset the hub's offset, an opaque text
 */
record Position(long ordinal, long sequence, String offset) {}
