package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import io.roombridge.trace.TraceParent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.component.azure.eventhubs.EventHubsConstants;
import org.apache.camel.support.DefaultConsumer;

/**
 * The consumer that loses nothing: an event counts as done when its exchange has ended without an exception, or with one
 * that the route has handled, which it does when it has kept a dead letter. Any other is presented again, for ever; the
 * consumer never gives an event up by itself.
 *
 * <p>Exchanges are processed synchronously, also over asynchronous steps. Steps that end the exchange before the work is done
 * (seda, wireTap) acknowledge early and have no place in a route that reads a hub (facts/eventhubs.md, section 7.1).
 */
final class AtLeastOnceConsumer extends DefaultConsumer {

    private final RoombridgeEventHubsEndpoint endpoint;

    /** Set by the start and the stop, which Camel serialises; read by {@link #status}. */
    private volatile HubReading reading;

    private WholeHub hub;

    private Map<String, PartitionReader<EventData>> readersBefore = Map.of();

    AtLeastOnceConsumer(RoombridgeEventHubsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    /** How far each partition is read; empty while stopped. */
    List<PartitionStatus> status() {
        HubReading current = reading;
        return current == null ? List.of() : current.status();
    }

    /** What is known of the whole hub; asking it connects to it. */
    synchronized WholeHub hub() {
        if (hub == null) {
            EventHubsConfiguration configuration = endpoint.getConfiguration();
            EventHubClientBuilder builder = HubConnection.asking(configuration)
                    .transportType(configuration.getAmqpTransportType())
                    .retryOptions(configuration.getAmqpRetryOptions());
            endpoint.component().transport().proxy().ifPresent(builder::proxyOptions);
            hub = new WholeHub(builder.buildAsyncConsumerClient(), HubConnection.checkpointStore(configuration));
        }
        return hub;
    }

    boolean finishedWhatItHeld() {
        return hub().finishedWhatItHeld(status().stream()
                .filter(PartitionStatus::finished)
                .collect(Collectors.toMap(
                        read -> read.partition().id(), read -> read.delivered().getAsLong())));
    }

    private synchronized void leaveHub() {
        if (hub != null) {
            hub.close();
            hub = null;
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        RoombridgeEventHubsComponent component = endpoint.component();
        EventHubsConfiguration configuration = endpoint.getConfiguration();
        EventProcessorClientBuilder builder = HubConnection.of(configuration)
                .consumerGroup(configuration.getConsumerGroupName())
                .transportType(configuration.getAmqpTransportType())
                .retryOptions(configuration.getAmqpRetryOptions());
        component.transport().proxy().ifPresent(builder::proxyOptions);
        reading = new HubReading(
                builder,
                HubConnection.checkpointStore(configuration),
                configuration.getEventPosition(),
                component.parts(configuration, this::attempt, this::report),
                readersBefore);
        component.reading(this);
        reading.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (reading != null) {
            reading.stop();
            readersBefore = reading.readers();
            reading = null;
            endpoint.component().notReading(this);
        }
        leaveHub();
        super.doStop();
    }

    private void report(String what, Throwable failure) {
        getExceptionHandler().handleException(what, failure);
    }

    private Optional<Throwable> attempt(
            HubPartition partition, EventData event, int number, Instant firstAttemptAt, boolean crowded) {
        Exchange exchange = createExchange(false);
        try {
            fill(exchange.getIn(), partition, event);
            exchange.getIn().setHeader(RoombridgeEventHubsComponent.ATTEMPT, number);
            exchange.getIn().setHeader(RoombridgeEventHubsComponent.FIRST_ATTEMPT_AT, firstAttemptAt);
            endpoint.component()
                    .traceparent(event)
                    .ifPresent(parent -> exchange.getIn().setHeader(TraceParent.NAME, parent));
            exchange.getIn().setHeader(RoombridgeEventHubsComponent.CROWDED, crowded);
            createUoW(exchange);
            getProcessor().process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        Optional<Throwable> failure = failure(exchange);
        doneUoW(exchange);
        releaseExchange(exchange, false);
        return failure;
    }

    /** Camel's own test for failure looks at the exception only and misses an exchange marked for rollback. */
    private static Optional<Throwable> failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return Optional.of(exchange.getException());
        }
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            return Optional.of(new CamelExchangeException("the route marked the exchange for rollback", exchange));
        }
        return Optional.empty();
    }

    private static void fill(Message message, HubPartition partition, EventData event) {
        message.setBody(event.getBody());
        message.setHeader(EventHubsConstants.PARTITION_ID, partition.id());
        message.setHeader(EventHubsConstants.PARTITION_KEY, event.getPartitionKey());
        message.setHeader(EventHubsConstants.OFFSET, event.getOffsetString());
        message.setHeader(EventHubsConstants.SEQUENCE_NUMBER, event.getSequenceNumber());
        message.setHeader(EventHubsConstants.METADATA, event.getProperties());
        Instant enqueued = event.getEnqueuedTime();
        message.setHeader(EventHubsConstants.ENQUEUED_TIME, enqueued);
        if (enqueued != null) {
            message.setHeader(EventHubsConstants.MESSAGE_TIMESTAMP, enqueued.getEpochSecond() * 1000);
        }
    }
}
