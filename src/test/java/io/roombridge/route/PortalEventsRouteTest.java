package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The route {@code portal-events} as it stands in routes/, with its real beans; only the hub is replaced. */
class PortalEventsRouteTest extends CamelMainTestSupport {

    private static final PortalEvent OPENED =
            PortalEvent.of("room-12", "Display").opened(1);

    private static final Path DIRECTORY = temporary();

    private Bench bench;

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.setProperty("roombridge.portal-events", "direct:hub");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
        configuration.replaceRouteFromWith("portal-events", "direct:hub");
        bench = new Bench(DIRECTORY.resolve(Long.toString(System.nanoTime())));
        configuration.withRegistryBinder(registry -> bench.path().beans().forEach(registry::bind));
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/portal-events.camel.yaml");
    }

    @AfterEach
    void stopTheBench() {
        bench.close();
    }

    @Test
    void anEventBecomesAnIncidentAndIsThrough() {
        Exchange exchange = present(OPENED.bytes(), 1);

        assertThat(exchange.getException()).isNull();
        assertThat(bench.serviceNow.desk().incidents()).hasSize(1);
        assertThat(bench.outcomes().counts()).containsEntry("delivered(incident-created)", 1L);
    }

    @Test
    void whatCannotBeReadIsKeptWithItsReasonAndIsThrough() {
        Exchange exchange = present("no json".getBytes(StandardCharsets.UTF_8), 1);

        assertThat(exchange.getException()).isNull();
        assertThat(bench.store().deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    void aFailedEventIsNotThroughSoThatTheConsumerPresentsItAgain() {
        bench.serviceNow.close();

        Exchange exchange = present(OPENED.bytes(), 1);

        assertThat(exchange.getException(RetryLater.class)).isNotNull();
        assertThat(bench.outcomes().counts()).isEmpty();
    }

    /** Camel asks for the beans in its constructor, before JUnit would make a directory. */
    private static Path temporary() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "route-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exchange present(byte[] body, int attempt) {
        return template.send("direct:hub", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader(RoombridgeEventHubsComponent.ATTEMPT, attempt);
            exchange.getMessage().setHeader(RoombridgeEventHubsComponent.FIRST_ATTEMPT_AT, bench.machine.instant());
        });
    }
}
