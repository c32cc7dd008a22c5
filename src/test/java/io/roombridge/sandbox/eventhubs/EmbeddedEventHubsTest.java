package io.roombridge.sandbox.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedEventHubsTest {

    @Test
    void aTakenPortIsNamedWithWhatToDo() {
        try (EmbeddedEventHubs first = EmbeddedEventHubs.start(Setup.ofHubs("hub"))) {
            Setup samePort = Setup.ofHubs("hub").withPort(first.port());

            assertThatThrownBy(() -> EmbeddedEventHubs.start(samePort))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port())
                    .hasMessageContaining("choose another one");
        }
    }

    @Test
    void aClosedEndpointFreesItsPortAndSaysSo() {
        EmbeddedEventHubs first = EmbeddedEventHubs.start(Setup.ofHubs("hub"));
        int port = first.port();
        first.close();

        try (EmbeddedEventHubs second =
                EmbeddedEventHubs.start(Setup.ofHubs("hub").withPort(port))) {
            assertThat(second.port()).isEqualTo(port);
        }
        assertThatThrownBy(first::connections).hasMessageContaining("closed");
        first.close();
    }

    @Test
    void onlyLoopbackIsListenedTo() throws IOException {
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs("hub"))) {
            assertThat(reachable(InetAddress.getByName("127.0.0.1"), hubs.port()))
                    .isTrue();
            List<InetAddress> others = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
            assertThat(others).noneMatch(address -> reachable(address, hubs.port()));
        }
    }

    @Test
    void whatIsNoAmqpEndsItsOwnConnectionOnly() throws IOException {
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs("hub"));
                Socket stranger = new Socket("127.0.0.1", hubs.port())) {
            stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            stranger.getOutputStream().flush();
            stranger.setSoTimeout(10_000);
            while (stranger.getInputStream().read() >= 0) {
                // The endpoint answers with its own protocol header, then hangs up.
            }

            AzureClients.send(hubs, "hub", "0", "still served");
            assertThat(hubs.total("hub")).isEqualTo(1);
            await().atMost(AzureClients.PATIENCE).until(() -> hubs.connections() == 0);
        }
    }

    @Test
    void whatDoesNotExistIsNamed() {
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs("hub"))) {
            assertThatThrownBy(() -> hubs.connectionString("hubb"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'hubb'");
            assertThatThrownBy(() -> hubs.lastSequenceNumber("hub", "4")).hasMessageContaining("0 to 3");
            assertThat(hubs.lastSequenceNumber("HUB", "3")).isEqualTo(-1);
            assertThat(hubs.events("hub")).isEmpty();
        }
    }

    @Test
    void aSetupThatCannotWorkIsRefused() {
        assertThatThrownBy(() -> Setup.ofHubs("a", "A")).hasMessageContaining("A");
        assertThatThrownBy(() -> Setup.ofHubs("a/b")).hasMessageContaining("a/b");
        assertThatThrownBy(() -> Setup.ofHubs().withHub("a", 0)).hasMessageContaining("partitions");
        assertThatThrownBy(() -> Setup.ofHubs("a").withPort(70_000)).hasMessageContaining("70000");
        assertThatThrownBy(() -> Setup.ofHubs("a").withRetention(0)).hasMessageContaining("retention");
        assertThat(Setup.ofHubs("a").withKey("name", "s3cret").toString()).doesNotContain("s3cret");
    }

    private static boolean reachable(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
