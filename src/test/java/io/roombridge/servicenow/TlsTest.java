package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.servicenow.ScriptedInstance.Call;
import io.roombridge.ticket.Reason;
import io.roombridge.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component's own TLS options cannot PATCH (facts/camel.md, section 1.3); the gateway's way can. */
class TlsTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    private static DefaultCamelContext camel;
    private static TestAuthority authority;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        camel = new DefaultCamelContext();
        camel.start();
        authority = new TestAuthority();
    }

    @AfterAll
    static void stop() {
        camel.stop();
    }

    @Test
    void everyVerbWorksWithACertificateAuthorityOfOnesOwn() throws Exception {
        try (ScriptedInstance instance = instance("127.0.0.1");
                ServiceNowGateway gateway = gateway(settings(instance).withCaFile(authority.caFile(folder)))) {
            // When
            gateway.create(Map.of("short_description", "x"));
            gateway.update(SYS_ID, Map.of("state", "2"));
            gateway.read(SYS_ID);

            // Then
            assertThat(instance.calls()).extracting(Call::method).containsExactly("POST", "PATCH", "GET");
        }
    }

    @Test
    void tokensAreFetchedWithTheSameTrust() throws Exception {
        try (ScriptedInstance instance = instance("127.0.0.1")) {
            InstanceSettings settings = InstanceSettings.of(
                            "test", instance.url(), new Credentials.ClientCredentials("app", "word", ""))
                    .withCaFile(authority.caFile(folder));
            try (ServiceNowGateway gateway = gateway(settings)) {
                // When
                gateway.update(SYS_ID, Map.of("state", "2"));
            }

            // Then
            assertThat(instance.calls()).extracting(Call::method).containsExactly("POST", "PATCH");
            assertThat(instance.calls().get(1).headers()).containsEntry("authorization", "Bearer tls-token");
        }
    }

    @Test
    void anUnknownAuthorityIsRefusedBeforeAnythingIsSent() throws Exception {
        try (ScriptedInstance instance = instance("127.0.0.1");
                ServiceNowGateway gateway = gateway(settings(instance))) {
            // When
            ServiceNowFailure failure = catchThrowableOfType(
                    ServiceNowFailure.class, () -> gateway.create(Map.of("short_description", "x")));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.nothingWritten()).isTrue();
            assertThat(failure.detail()).contains("certification path");
            assertThat(instance.calls()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        try (ScriptedInstance instance = instance("127.0.0.2");
                ServiceNowGateway gateway = gateway(settings(instance).withCaFile(authority.caFile(folder)))) {
            // When
            ServiceNowFailure failure =
                    catchThrowableOfType(ServiceNowFailure.class, () -> gateway.update(SYS_ID, Map.of("state", "2")));

            // Then
            assertThat(failure.nothingWritten()).isTrue();
            assertThat(failure.detail()).contains("127.0.0.1");
            assertThat(instance.calls()).isEmpty();
        }
    }

    @Test
    void aCertificateOutOfDateIsRefused() throws Exception {
        try (ScriptedInstance instance =
                        instance(authority.server("127.0.0.1", Instant.now().minus(1, ChronoUnit.HOURS)));
                ServiceNowGateway gateway = gateway(settings(instance).withCaFile(authority.caFile(folder)))) {
            // When
            ServiceNowFailure failure =
                    catchThrowableOfType(ServiceNowFailure.class, () -> gateway.update(SYS_ID, Map.of("state", "2")));

            // Then
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.nothingWritten()).isTrue();
            assertThat(failure.detail()).contains("CertificateExpiredException");
            assertThat(instance.calls()).isEmpty();
        }
    }

    @Test
    void filesTravelWithTheSameTrust() throws Exception {
        try (ScriptedInstance instance = instance("127.0.0.1");
                ServiceNowGateway gateway = gateway(settings(instance).withCaFile(authority.caFile(folder)))) {
            Path file = Files.writeString(folder.resolve("a.txt"), "content");

            // When
            catchThrowableOfType(
                    ServiceNowFailure.class, () -> gateway.files().upload(SYS_ID, "a.txt", "text/plain", file));

            // Then
            assertThat(instance.calls()).extracting(Call::body).containsExactly("content");
        }
    }

    private static ServiceNowGateway gateway(InstanceSettings settings) {
        return new ServiceNowGateway(camel, settings, Clock.systemUTC(), () -> 0);
    }

    private static InstanceSettings settings(ScriptedInstance instance) {
        return InstanceSettings.of("test", instance.url(), new Credentials.Basic("bridge", "secret-word"));
    }

    private static ScriptedInstance instance(String address) throws Exception {
        return instance(authority.server(address));
    }

    private static ScriptedInstance instance(SSLContext server) throws Exception {
        return new ScriptedInstance(
                "https",
                server.getServerSocketFactory(),
                call -> json(
                        200,
                        call.target().equals("/oauth_token.do")
                                ? "{\"access_token\":\"tls-token\",\"expires_in\":1799}"
                                : "{\"result\":{\"sys_id\":\"" + SYS_ID + "\"}}"));
    }
}
