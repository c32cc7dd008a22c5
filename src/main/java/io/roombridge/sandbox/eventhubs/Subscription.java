package io.roombridge.sandbox.eventhubs;

/**
 * Who reads what from where.
 *
 * @param from the sequence number to start with
 * @param runtimeMetrics whether the state of the partition is told with each event
 */
record Subscription(Subscriber subscriber, Partition partition, Readers readers, long from, boolean runtimeMetrics) {}
