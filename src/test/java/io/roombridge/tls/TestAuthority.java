package io.roombridge.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a company's own, which no Java runtime knows, and servers with its certificates. */
public final class TestAuthority {

    private static final X500Name CA = new X500Name("CN=Test CA");
    private static final AtomicLong SERIAL = new AtomicLong(Instant.now().toEpochMilli());

    private final KeyPair keys = keys();

    /** The authority's certificate as a file of PEM. */
    public Path caFile(Path folder) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), pem(certificate(keys, CA, Optional.empty(), tomorrow())));
    }

    /** The context of a server whose certificate names this host or address. */
    public SSLContext server(String host) throws Exception {
        return server(host, tomorrow());
    }

    /** The same, with a certificate that is good until then. */
    public SSLContext server(String host, Instant lastDay) throws Exception {
        KeyPair own = keys();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        X509Certificate[] chain = {certificate(own, new X500Name("CN=server"), Optional.of(host), lastDay)};
        store.setKeyEntry("server", own.getPrivate(), new char[0], chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The certificate of a server, and its key, as files {@code server.pem} and {@code server.key}. */
    void serverFiles(String host, Path folder) throws IOException {
        KeyPair own = keys();
        Files.writeString(
                folder.resolve("server.pem"),
                pem(certificate(own, new X500Name("CN=server"), Optional.of(host), tomorrow())));
        Files.writeString(folder.resolve("server.key"), pem(new JcaPKCS8Generator(own.getPrivate(), null)));
    }

    private static Instant tomorrow() {
        return Instant.now().plus(1, ChronoUnit.DAYS);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(KeyPair subjectKeys, X500Name subject, Optional<String> host, Instant lastDay) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    CA,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(now.minus(1, ChronoUnit.DAYS)),
                    Date.from(lastDay),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host.isEmpty()));
            if (host.isPresent()) {
                int kind = host.get().matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
                GeneralNames names = new GeneralNames(new GeneralName(kind, host.get()));
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
