package io.roombridge.servicenow;

import static io.roombridge.servicenow.ScriptedInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.servicenow.ScriptedInstance.Call;
import io.roombridge.ticket.Reason;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component's own TLS options cannot PATCH (facts/camel.md, section 1.3); the gateway's way can. */
class TlsTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";
    private static final X500Name CA = new X500Name("CN=Test CA");

    private static DefaultCamelContext camel;
    private static KeyPair caKeys;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        camel = new DefaultCamelContext();
        camel.start();
        caKeys = keys();
    }

    @AfterAll
    static void stop() {
        camel.stop();
    }

    @Test
    void everyVerbWorksWithACertificateAuthorityOfOnesOwn() throws Exception {
        try (ScriptedInstance instance = instance("127.0.0.1");
                ServiceNowGateway gateway = gateway(settings(instance).withCaFile(caFile()))) {
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
                    .withCaFile(caFile());
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
                ServiceNowGateway gateway = gateway(settings(instance).withCaFile(caFile()))) {
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
        try (ScriptedInstance instance = instance("127.0.0.1", Instant.now().minus(1, ChronoUnit.HOURS));
                ServiceNowGateway gateway = gateway(settings(instance).withCaFile(caFile()))) {
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
    void theAuthoritiesOfTheRuntimeStayTrusted() throws Exception {
        int ofTheRuntime = Trust.trusted(Optional.empty()).size();

        assertThat(ofTheRuntime).isPositive();
        assertThat(Trust.trusted(Optional.of(caFile())).size()).isEqualTo(ofTheRuntime + 1);
    }

    @Test
    void aFileWithoutACertificateIsAFaultOfTheSettings() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        assertThatThrownBy(() -> Trust.context(Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ca.pem")
                .hasMessageContaining("PEM");
    }

    private static ServiceNowGateway gateway(InstanceSettings settings) {
        return new ServiceNowGateway(camel, settings, Clock.systemUTC(), () -> 0);
    }

    private static InstanceSettings settings(ScriptedInstance instance) {
        return InstanceSettings.of("test", instance.url(), new Credentials.Basic("bridge", "secret-word"));
    }

    private static ScriptedInstance instance(String address) throws Exception {
        return instance(address, tomorrow());
    }

    private static ScriptedInstance instance(String address, Instant lastDay) throws Exception {
        return new ScriptedInstance(
                "https",
                sockets(address, lastDay),
                call -> json(
                        200,
                        call.target().equals("/oauth_token.do")
                                ? "{\"access_token\":\"tls-token\",\"expires_in\":1799}"
                                : "{\"result\":{\"sys_id\":\"" + SYS_ID + "\"}}"));
    }

    private static Instant tomorrow() {
        return Instant.now().plus(1, ChronoUnit.DAYS);
    }

    private static ServerSocketFactory sockets(String address, Instant lastDay) throws Exception {
        KeyPair keys = keys();
        X509Certificate certificate = certificate(keys, new X500Name("CN=instance"), Optional.of(address), lastDay);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("instance", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private Path caFile() throws Exception {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(certificate(caKeys, CA, Optional.empty(), tomorrow()));
        }
        return Files.writeString(folder.resolve("ca.pem"), pem.toString());
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            KeyPair keys, X500Name subject, Optional<String> address, Instant lastDay) throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                CA,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(lastDay),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(address.isEmpty()));
        if (address.isPresent()) {
            GeneralNames names = new GeneralNames(new GeneralName(GeneralName.iPAddress, address.get()));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(caKeys.getPrivate())));
    }
}
