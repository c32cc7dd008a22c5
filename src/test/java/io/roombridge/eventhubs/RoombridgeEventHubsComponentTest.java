package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.azure.eventhubs.CredentialType;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.component.azure.eventhubs.EventHubsEndpoint;
import org.apache.camel.component.azure.eventhubs.EventHubsProducer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.LoggingExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RoombridgeEventHubsComponentTest {

    private static final String KEY = "SharedAccessKeyName=n;SharedAccessKey=a2V5+/=;EntityPath=hub";

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void bind() {
        context.getRegistry()
                .bind(
                        "azure-eventhubs",
                        new RoombridgeEventHubsComponent(
                                ReadingSettings.DEFAULTS,
                                OrderKeys.partitionKey(),
                                ReadingListener.NONE,
                                Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void takesThePlaceOfTheStockComponentWithItsOptions() {
        ExceptionHandler handler = new LoggingExceptionHandler(context, getClass());
        context.getRegistry().bind("handler", handler);

        EventHubsEndpoint endpoint = endpoint(
                "Endpoint=sb://rooms.servicebus.windows.net/;" + KEY,
                "&consumerGroupName=roombridge&exceptionHandler=#handler&exchangePattern=InOut&prefetchCount=7");

        assertThat(endpoint).isInstanceOf(RoombridgeEventHubsEndpoint.class);
        assertThat(endpoint.getExceptionHandler()).isSameAs(handler);
        assertThat(endpoint.getExchangePattern()).isEqualTo(ExchangePattern.InOut);
        EventHubsConfiguration configuration = endpoint.getConfiguration();
        assertThat(configuration.getConnectionString()).endsWith(KEY);
        assertThat(configuration.getConsumerGroupName()).isEqualTo("roombridge");
        assertThat(configuration.getPrefetchCount()).isEqualTo(7);
        assertThat(configuration.getCheckpointBatchSize())
                .as("not set, so the bridge's own default")
                .isEqualTo(ReadingSettings.DEFAULTS.checkpointEvery());
    }

    @Test
    void emulatorOnAnotherHostIsRefusedForReadingAndForSending() {
        assertThatThrownBy(() -> endpoint("Endpoint=sb://10.0.0.7/;UseDevelopmentEmulator=true;" + KEY, ""))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("for host '10.0.0.7'")
                .hasMessageNotContaining("a2V5");
    }

    @Test
    void strayCredentialInTheRegistryDoesNotChangeHowTheBridgeSignsIn() {
        TokenCredential stray = request -> Mono.just(new AccessToken("t", OffsetDateTime.MAX));
        context.getRegistry().bind("stray", stray);

        EventHubsEndpoint endpoint = endpoint("Endpoint=sb://rooms.servicebus.windows.net/;" + KEY, "");

        assertThat(endpoint.getConfiguration().getTokenCredential()).isNull();
        assertThat(endpoint.getConfiguration().getCredentialType()).isEqualTo(CredentialType.CONNECTION_STRING);
    }

    @Test
    void sendsWithCamelsOwnProducer() throws Exception {
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs("portal-commands"))) {
            EventHubsEndpoint endpoint = endpoint(hubs.connectionString("portal-commands"), "");
            assertThat(endpoint.createProducer()).isInstanceOf(EventHubsProducer.class);
            context.start();

            context.createProducerTemplate().sendBody(endpoint, "command");

            await().atMost(Duration.ofSeconds(20)).until(() -> hubs.total("portal-commands") == 1);
            context.stop();
        }
    }

    private EventHubsEndpoint endpoint(String connectionString, String options) {
        return context.getEndpoint(
                "azure-eventhubs:local/hub?connectionString=RAW(" + connectionString + ")" + options,
                EventHubsEndpoint.class);
    }
}
