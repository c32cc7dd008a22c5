package io.roombridge.eventhubs;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.component.azure.eventhubs.EventHubsComponent;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.component.azure.eventhubs.EventHubsEndpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's Azure Event Hubs component with a producer whose sends end. Stock sends do not where the SDK takes a lasting
 * fault for a passing one, as it does with a certificate that it cannot verify.
 */
@Component("azure-eventhubs")
public final class CommandHubComponent extends EventHubsComponent {

    private final HubTransport transport;
    private final Duration within;

    /** @param within how long a send may take */
    public CommandHubComponent(HubTransport transport, Duration within) {
        this.transport = transport;
        this.within = within;
        setAutowiredEnabled(false);
        getConfiguration().setAmqpTransportType(transport.type());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EventHubsEndpoint stock = (EventHubsEndpoint) super.createEndpoint(uri, remaining, parameters);
        HubConnection.refuseRemoteEmulator(stock.getConfiguration());
        return new CommandHubEndpoint(uri, stock.getConfiguration());
    }

    private final class CommandHubEndpoint extends EventHubsEndpoint {

        CommandHubEndpoint(String uri, EventHubsConfiguration configuration) {
            super(uri, CommandHubComponent.this, configuration);
        }

        @Override
        public Producer createProducer() {
            return new CommandHubProducer(this, transport, within);
        }
    }
}
