/**
 * An embedded Event Hubs namespace. {@code EmbeddedEventHubs} is the way in.
 *
 * <p>Reading order: {@code AmqpServer} (one thread serves all sockets), {@code AmqpConnection} (bytes to protocol
 * events), {@code Links} (what a link leads to), then {@code SendLink}, {@code ReceiveLink}, {@code Cbs},
 * {@code Management}; behind them {@code Namespace}, {@code Hub}, {@code Partition}.
 */
package io.roombridge.sandbox.eventhubs;
