package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Duty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.component.azure.eventhubs.EventHubsConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The routes of servicenow-changes.camel.yaml as they stand in routes/; only the schedule and the hub are replaced. */
class ServiceNowChangesRouteTest extends CamelMainTestSupport {

    private static final String ROOM = "room-1";
    private static final String SIGNAL = "Camera";

    private Bench bench;

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.setProperty("roombridge.poll.interval", "3600000");
        properties.setProperty("roombridge.portal-commands", "mock:hub");
        properties.setProperty("roombridge.live", "true");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
        configuration.replaceRouteFromWith("servicenow-changes", "direct:look");
        bench = new Bench(temporary());
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
        configuration.withRegistryBinder(registry -> {
            bench.reading().beans().forEach(registry::bind);
            registry.bind("oneNode", new OneNode(name -> Duty.ALONE));
        });
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/servicenow-changes.camel.yaml");
    }

    @AfterEach
    void stopTheBench() {
        bench.close();
    }

    @Test
    void commandsReachTheHubInOrderWithNothingButTheirPartitionKey() throws InterruptedException {
        comment("We ordered a new cable.");
        MockEndpoint hub = getMockEndpoint("mock:hub");
        hub.expectedMessageCount(2);

        template.sendBody("direct:look", null);
        template.sendBody("direct:look", null);

        hub.assertIsSatisfied();
        assertThat(hub.getExchanges())
                .allSatisfy(sent -> assertThat(sent.getMessage().getHeaders())
                        .containsOnlyKeys(EventHubsConstants.PARTITION_KEY)
                        .containsValue("contoso|t-room-1"));
        assertThat(hub.getExchanges().get(0).getMessage().getBody(String.class)).contains("link-snow");
        assertThat(hub.getExchanges().get(1).getMessage().getBody(String.class)).contains("We ordered a new cable.");
        assertThat(bench.outbox().unsent(10)).isEmpty();
    }

    @Test
    void whatTheHubDoesNotAcceptWaitsInItsOrderAndComesWithTheNextLook() throws InterruptedException {
        MockEndpoint hub = getMockEndpoint("mock:hub");
        hub.whenExchangeReceived(2, exchange -> exchange.setException(new IllegalStateException("the link is down")));
        comment("first");
        comment("second");

        template.sendBody("direct:look", null);
        assertThat(bench.outbox().unsent(10)).hasSize(2);

        hub.reset();
        hub.expectedMessageCount(2);
        template.sendBody("direct:look", null);
        hub.assertIsSatisfied();
        assertThat(hub.getExchanges().get(0).getMessage().getBody(String.class)).contains("first");
        assertThat(hub.getExchanges().get(1).getMessage().getBody(String.class)).contains("second");
    }

    private void comment(String text) {
        bench.serviceNow
                .desk()
                .as("beth.anglin")
                .comment(bench.incident(ROOM, SIGNAL).sysId(), text);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("servicenow-changes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
