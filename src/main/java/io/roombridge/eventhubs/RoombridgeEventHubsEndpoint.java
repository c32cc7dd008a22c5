package io.roombridge.eventhubs;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.component.azure.eventhubs.EventHubsEndpoint;

/** Camel's endpoint with the consumer of the bridge; the producer is Camel's own. */
final class RoombridgeEventHubsEndpoint extends EventHubsEndpoint {

    private final RoombridgeEventHubsComponent component;

    RoombridgeEventHubsEndpoint(
            String uri, RoombridgeEventHubsComponent component, EventHubsConfiguration configuration) {
        super(uri, component, configuration);
        this.component = component;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        AtLeastOnceConsumer consumer = new AtLeastOnceConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    RoombridgeEventHubsComponent component() {
        return component;
    }
}
