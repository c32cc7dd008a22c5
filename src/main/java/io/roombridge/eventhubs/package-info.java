/**
 * Reading an event hub without losing anything: Camel's Azure Event Hubs component with its own consumer, and the stores
 * of its checkpoints. The stock consumer passes over failed events (facts/eventhubs.md, section 6).
 *
 * <p>One event goes through the house in this order: {@link io.roombridge.eventhubs.HubReading} takes it from the SDK,
 * {@link io.roombridge.eventhubs.PartitionReader} keeps it in the {@link io.roombridge.eventhubs.PartitionWindow} until
 * its turn, {@link io.roombridge.eventhubs.AtLeastOnceConsumer} sends it through the route,
 * {@link io.roombridge.eventhubs.CheckpointWriter} remembers what is finished.
 */
package io.roombridge.eventhubs;
