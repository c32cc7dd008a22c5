package io.roombridge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.sun.net.httpserver.HttpServer;
import io.roombridge.correlation.Database;
import io.roombridge.eventhubs.CommandHubComponent;
import io.roombridge.eventhubs.HubSilent;
import io.roombridge.eventhubs.HubTransport;
import io.roombridge.files.ContentEndpoint;
import io.roombridge.files.ContentFailure;
import io.roombridge.files.ContentHosts;
import io.roombridge.files.PortalContent;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.eventhubs.Setup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/**
 * One connection of each kind, besides those to ServiceNow (TlsTest): an authority of one's own is trusted when the settings
 * name it; without it, and for another host's certificate, nothing is sent.
 */
class OutboundTrustTest {

    private static final List<String> PROPERTIES =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStoreType", "javax.net.ssl.trustStorePassword");

    /** Where every client of Event Hubs goes that is given a host only. */
    private static final int AMQPS = 5671;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestAuthority authority = new TestAuthority();

    @TempDir
    private Path folder;

    private SSLContext before;

    @BeforeEach
    void remember() throws Exception {
        before = SSLContext.getDefault();
    }

    /** The trust of the process is the one thing these tests change for all. */
    @AfterEach
    void restore() {
        PROPERTIES.forEach(System::clearProperty);
        SSLContext.setDefault(before);
    }

    @Test
    void theHubIsTrustedByTheCaFileOnly() throws Exception {
        String address = "127.0.73.1";
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs().withHub("portal-events", 1));
                TlsFront front = new TlsFront(authority.server(address), address, AMQPS, hubs.port())) {
            isRefused(address, front, hubs);

            Trust.everywhere(authority.caFile(folder), folder);
            sending(address, client -> client.send(List.of(new EventData("x"))).block(PATIENCE));

            assertThat(hubs.total("portal-events")).isEqualTo(1);
        }
    }

    @Test
    void theHubOfAnotherHostsCertificateIsRefused() throws Exception {
        String address = "127.0.73.2";
        Trust.everywhere(authority.caFile(folder), folder);
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs().withHub("portal-events", 1));
                TlsFront front = new TlsFront(authority.server("127.0.73.3"), address, AMQPS, hubs.port())) {
            isRefused(address, front, hubs);
        }
    }

    /** Without a bound the send never ends. The command waits in the outbox, and the hub's certificate is mended. */
    @Test
    @Timeout(90)
    void aSendToAHubThatIsNotTrustedEndsNamesTheCertificateAndPassesWhenItIsRight() throws Exception {
        String address = "127.0.73.4";
        Trust.everywhere(authority.caFile(folder), folder);
        CommandHubComponent commands = new CommandHubComponent(HubTransport.PLAIN, Duration.ofSeconds(3));
        commands.getConfiguration().setConnectionString(connectionString(address));
        try (EmbeddedEventHubs hubs = EmbeddedEventHubs.start(Setup.ofHubs().withHub("portal-events", 1));
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("hub", commands);
            camel.start();
            ProducerTemplate producer = camel.createProducerTemplate();
            try (TlsFront front = new TlsFront(authority.server("127.0.73.3"), address, AMQPS, hubs.port())) {
                assertThatThrownBy(() -> producer.sendBody("hub:portal/portal-events", "command"))
                        .cause()
                        .isInstanceOf(HubSilent.class)
                        .hasMessageContaining("the certificate of 127.0.73.4:5671 is not trusted")
                        .hasMessageContaining("roombridge.tls.ca-file");
                assertThat(front.refused()).isPositive();
            }

            try (TlsFront front = new TlsFront(authority.server(address), address, AMQPS, hubs.port())) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    producer.sendBody("hub:portal/portal-events", "command");
                    return front.port() == AMQPS;
                });
            }
            assertThat(hubs.total("portal-events"))
                    .as("what was given up is not sent")
                    .isEqualTo(1);
        }
    }

    /** The SDK takes a refused certificate for a passing fault and tries for ever, so the front says what it saw. */
    private static void isRefused(String address, TlsFront front, EmbeddedEventHubs hubs) {
        sending(address, client -> {
            Disposable trying = client.send(List.of(new EventData("x"))).subscribe(sent -> {}, failed -> {});
            await().atMost(PATIENCE).until(() -> front.refused() > 0);
            trying.dispose();
        });
        assertThat(hubs.total("portal-events")).isZero();
    }

    /** Camel's producer and the bridge's consumer build their clients from a connection string alone, as here. */
    private static void sending(String address, Consumer<EventHubProducerAsyncClient> use) {
        try (EventHubProducerAsyncClient client = new EventHubClientBuilder()
                .connectionString(connectionString(address))
                .buildAsyncProducerClient()) {
            use.accept(client);
        }
    }

    private static String connectionString(String address) {
        return "Endpoint=sb://" + address + "/;SharedAccessKeyName="
                + Setup.ofHubs().keyName() + ";SharedAccessKey="
                + Setup.ofHubs().key() + ";EntityPath=portal-events";
    }

    @Test
    void contentsAreFetchedFromTrustedHostsOnly() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        try (TlsFront good = new TlsFront(
                        authority.server("127.0.0.1"),
                        "127.0.0.1",
                        0,
                        server.getAddress().getPort());
                TlsFront foreign = new TlsFront(
                        authority.server("127.0.0.9"),
                        "127.0.0.1",
                        0,
                        server.getAddress().getPort())) {
            assertThat(catchThrowable(() -> put(good)))
                    .isInstanceOf(ContentFailure.class)
                    .hasStackTraceContaining("certification path");

            Trust.everywhere(authority.caFile(folder), folder);

            assertThatCode(() -> put(good)).doesNotThrowAnyException();
            assertThat(catchThrowable(() -> put(foreign)))
                    .isInstanceOf(ContentFailure.class)
                    .hasStackTraceContaining("127.0.0.1");
        } finally {
            server.stop(0);
        }
    }

    private void put(TlsFront front) throws IOException {
        Path file = Files.writeString(folder.resolve("content"), "x");
        ContentEndpoint endpoint =
                new ContentEndpoint(URI.create("https://127.0.0.1:" + front.port() + "/in"), Optional.of("token"));
        try (PortalContent content = new PortalContent(
                new ContentHosts(List.of("127.0.0.1"), false, true), Optional.of(endpoint), Duration.ofSeconds(20))) {
            content.put("a/b", "text/plain", file);
        }
    }

    @Test
    void aDatabaseOnAnotherMachineIsVerified() throws Exception {
        Path certificate = folder.resolve("postgres");
        Files.createDirectory(certificate);
        authority.serverFiles("db.example.com", certificate);
        Files.setPosixFilePermissions(certificate.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        Stream.of(
                        "ssl=on",
                        "ssl_cert_file=" + certificate.resolve("server.pem"),
                        "ssl_key_file=" + certificate.resolve("server.key"))
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> builder.setServerConfig(setting[0], setting[1]));
        try (EmbeddedPostgres server = builder.start()) {
            assertThat(catchThrowable(() -> open(server, "db.example.com")))
                    .hasStackTraceContaining("certification path");

            Trust.everywhere(authority.caFile(folder), folder);

            assertThatCode(() -> open(server, "db.example.com")).doesNotThrowAnyException();
            assertThat(catchThrowable(() -> open(server, "other.example.com")))
                    .hasStackTraceContaining("other.example.com");
        }
    }

    private static void open(EmbeddedPostgres server, String host) {
        Database.open(
                        "jdbc:postgresql://" + host + ":" + server.getPort() + "/postgres?socketFactory="
                                + ToLoopback.class.getName(),
                        "postgres",
                        "postgres")
                .close();
    }

    @Test
    void theAuthoritiesOfTheRuntimeStayTrusted() throws Exception {
        KeyStore runtime = Trust.trusted(Optional.empty());

        Trust.everywhere(authority.caFile(folder), folder);

        assertThat(runtime.size()).isPositive();
        assertThat(Trust.trusted(Optional.empty()).size()).isEqualTo(runtime.size() + 1);
    }

    @Test
    void aFileWithoutACertificateIsAFaultOfTheSettings() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        assertThatThrownBy(() -> Trust.context(Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ca.pem")
                .hasMessageContaining("PEM");
    }

    @Test
    void aRuntimeThatSpeaksOldProtocolsIsRefused() {
        assertThatCode(Trust::refuseOldProtocols).doesNotThrowAnyException();
        assertThatThrownBy(() -> Trust.refuseOld(List.of("TLSv1.3", "TLSv1.1")))
                .hasMessageContaining("TLSv1.1")
                .hasMessageContaining("java.security");
    }
}
