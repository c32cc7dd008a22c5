package io.roombridge.eventhubs;

import com.azure.core.amqp.AmqpTransportType;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.SendOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.component.azure.eventhubs.EventHubsConstants;
import org.apache.camel.component.azure.eventhubs.EventHubsEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Sends the body, and returns when the hub has accepted it. What is given up is not sent later behind the caller's back. */
final class CommandHubProducer extends DefaultProducer {

    private final EventHubsConfiguration configuration;
    private final HubTransport transport;
    private final Duration within;
    private EventHubProducerAsyncClient client;

    CommandHubProducer(EventHubsEndpoint endpoint, HubTransport transport, Duration within) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
        this.transport = transport;
        this.within = within;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EventHubClientBuilder builder = HubConnection.sending(configuration)
                .transportType(transport.type())
                .retryOptions(configuration.getAmqpRetryOptions());
        transport.proxy().ifPresent(builder::proxyOptions);
        client = builder.buildAsyncProducerClient();
    }

    @Override
    protected void doStop() throws Exception {
        client.close();
        super.doStop();
    }

    /** @throws HubSilent when the hub has not answered in time */
    @Override
    public void process(Exchange exchange) {
        EventData event = new EventData(exchange.getMessage().getBody(String.class));
        SendOptions options = new SendOptions()
                .setPartitionKey(exchange.getMessage().getHeader(EventHubsConstants.PARTITION_KEY, String.class));
        try {
            client.send(List.of(event), options).block(within);
        } catch (IllegalStateException late) {
            if (late.getCause() instanceof TimeoutException) {
                throw new HubSilent("no answer within " + within.toSeconds() + " s: " + why(), late);
            }
            throw late;
        }
    }

    /** Through a proxy nothing can be found out from here; the sandbox's hub has no certificate. */
    private String why() {
        boolean direct = transport.proxy().isEmpty() && !HubConnection.emulated(configuration);
        int port = transport.type() == AmqpTransportType.AMQP ? HubConnection.AMQPS : HubConnection.HTTPS;
        return (direct ? Handshake.fault(client.getFullyQualifiedNamespace(), port) : Optional.<String>empty())
                .orElse("the hub " + client.getEventHubName() + " is away");
    }
}
