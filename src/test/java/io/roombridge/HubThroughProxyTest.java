package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.config.BadConfiguration;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.correlation.Database;
import io.roombridge.eventhubs.ReadingListener;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.portal.PortalEvents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * AMQP over WebSockets through an HTTP proxy, as far as it can be seen without Azure: the tunnel is asked for with the
 * password, and TLS begins in it. What follows inside needs a real namespace.
 */
class HubThroughProxyTest {

    private static final String HUB = "CONNECT rooms.servicebus.windows.net:443 HTTP/1.1 by Basic ";

    @TempDir
    Path directory;

    @Test
    void eventsAreReadThroughTheProxy() throws Exception {
        try (RecordingProxy proxy = new RecordingProxy();
                Database database = Database.open(Database.fileIn(directory), "sa", "")) {
            RoombridgeEventHubsComponent hub = HubWiring.events(
                    settings(proxy.address(), Map.of()),
                    new Closings(),
                    database,
                    new PortalEvents(),
                    ReadingListener.NONE,
                    Clock.systemUTC());
            try (DefaultCamelContext camel = new DefaultCamelContext()) {
                camel.addComponent("hub", hub);
                camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("hub:portal/portal-events").to("log:none");
                    }
                });
                camel.start();

                awaitTunnel(proxy);
            }
        }
    }

    @Test
    void commandsAreSentThroughTheProxy() throws Exception {
        try (RecordingProxy proxy = new RecordingProxy();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addComponent(
                    "hub",
                    HubWiring.commands(settings(proxy.address(), Map.of()).hub()));
            camel.start();
            camel.createProducerTemplate().asyncSendBody("hub:portal/portal-commands", "command");

            awaitTunnel(proxy);
        }
    }

    @Test
    void aProxyNeedsWebSocketsAndAnAddress() {
        assertThatThrownBy(() -> settings("proxy.example.com", Map.of("roombridge.hub.transport", "amqp")))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("roombridge.hub.proxy = proxy.example.com: must be HOST:PORT")
                .hasMessageContaining("must be amqp-web-sockets with roombridge.hub.proxy");
    }

    private static void awaitTunnel(RecordingProxy proxy) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> proxy.encrypted() > 0);
        // bridge:hush
        assertThat(proxy.tunnels()).isNotEmpty().allMatch((HUB + "YnJpZGdlOmh1c2g=")::equals);
    }

    private Settings settings(String proxy, Map<String, String> other) {
        Map<String, String> given = new HashMap<>(Map.of(
                "roombridge.mode", "live",
                "roombridge.data-dir", directory.toString(),
                "roombridge.hub.connection-string",
                        "Endpoint=sb://rooms.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=a2V5",
                "roombridge.hub.transport", "amqp-web-sockets",
                "roombridge.hub.proxy", proxy,
                "roombridge.hub.proxy-user", "bridge",
                "roombridge.hub.proxy-password", "hush",
                "roombridge.instances.main.url", "https://example.service-now.com",
                "roombridge.instances.main.user", "roombridge",
                "roombridge.instances.main.auth", "basic"));
        given.put("roombridge.instances.main.password", "s3cret");
        given.putAll(other);
        return SettingsFile.read(directory.resolve("no-file"), Map.of(), given);
    }
}
