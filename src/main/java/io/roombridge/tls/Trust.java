package io.roombridge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates a connection is checked against: those of the Java runtime, and a CA file's beside them. Host names are
 * always verified by whoever connects; there is no way to trust everybody.
 */
public final class Trust {

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final Set<String> SAFE_PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** Certificates are public; the format wants a word to find out whether the file is whole. */
    private static final String WORD = "certificates";

    private Trust() {}

    /** @throws IllegalArgumentException when the CA file cannot be read as PEM certificates */
    public static SSLContext context(Optional<Path> caFile) {
        try {
            return context(trusted(caFile));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java runtime cannot make a TLS context: " + e.getMessage(), e);
        }
    }

    /**
     * From now on every connection of this process trusts the CA file's certificates too. Azure's SDK and the PostgreSQL
     * driver can be told in no other way: the one takes the process's default for AMQP, and both read the system
     * properties of the trust store. Has to come before anything else connects.
     *
     * @param directory where the merged certificates are kept for the life of the process
     * @throws IllegalArgumentException when the CA file cannot be read as PEM certificates
     */
    public static void everywhere(Path caFile, Path directory) {
        Path file = directory.resolve("trusted.p12");
        try {
            KeyStore merged = trusted(Optional.of(caFile));
            Files.createDirectories(directory);
            try (OutputStream out = Files.newOutputStream(file)) {
                merged.store(out, WORD.toCharArray());
            }
            System.setProperty(STORE, file.toAbsolutePath().toString());
            System.setProperty(STORE + "Type", KeyStore.getDefaultType());
            System.setProperty(STORE + "Password", WORD);
            SSLContext.setDefault(context(merged));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the trusted certificates cannot be kept in " + file, e);
        }
    }

    /**
     * Nothing older than TLS 1.2 is spoken. Java's own defaults see to it, unless somebody changed its security file.
     *
     * @throws IllegalStateException when this Java runtime would speak an older protocol
     */
    public static void refuseOldProtocols() {
        try {
            refuseOld(Arrays.asList(
                    SSLContext.getDefault().getDefaultSSLParameters().getProtocols()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java runtime cannot make a TLS context: " + e.getMessage(), e);
        }
    }

    static void refuseOld(Collection<String> protocols) {
        List<String> old = protocols.stream()
                .filter(protocol -> !SAFE_PROTOCOLS.contains(protocol))
                .toList();
        if (!old.isEmpty()) {
            throw new IllegalStateException("this Java runtime speaks " + String.join(", ", old)
                    + "; expected TLSv1.2 or TLSv1.3 only: put the older ones back into jdk.tls.disabledAlgorithms of"
                    + " its conf/security/java.security");
        }
    }

    /**
     * The certificates of a CA file.
     *
     * @throws IllegalArgumentException when it cannot be read as PEM certificates
     */
    public static List<X509Certificate> authorities(Path caFile) {
        return of(caFile).stream().map(X509Certificate.class::cast).toList();
    }

    /** Who decides whether a host is trusted: the runtime's certificates and the CA file's. */
    static X509ExtendedTrustManager judge(Optional<Path> caFile) {
        try {
            return Stream.of(factory(trusted(caFile)).getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java runtime cannot check certificates: " + e.getMessage(), e);
        }
    }

    static KeyStore trusted(Optional<Path> caFile) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        List<Certificate> certificates = new ArrayList<>(List.of(ofTheRuntime()));
        caFile.ifPresent(file -> certificates.addAll(of(file)));
        for (int number = 0; number < certificates.size(); number++) {
            trusted.setCertificateEntry("trusted-" + number, certificates.get(number));
        }
        return trusted;
    }

    private static SSLContext context(KeyStore trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory(trusted).getTrustManagers(), null);
        return context;
    }

    private static X509Certificate[] ofTheRuntime() throws GeneralSecurityException {
        for (var trustManager : factory(null).getTrustManagers()) {
            if (trustManager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManagerFactory factory(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static Collection<? extends Certificate> of(Path caFile) {
        try (InputStream in = Files.newInputStream(caFile)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("the CA file " + caFile + " has no certificate; expected PEM");
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the CA file " + caFile + " cannot be read; expected certificates in PEM: " + e.getMessage(), e);
        }
    }
}
