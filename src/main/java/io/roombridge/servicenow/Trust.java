package io.roombridge.servicenow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates a connection to the instance is checked against: those of the Java runtime, and the CA file's beside
 * them. Host names are always verified by the HTTP client.
 */
final class Trust {

    private Trust() {}

    /** @throws IllegalArgumentException when the CA file cannot be read as PEM certificates */
    static SSLContext context(Optional<Path> caFile) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : ofTheRuntime()) {
                trusted.setCertificateEntry("runtime-" + number++, certificate);
            }
            if (caFile.isPresent()) {
                for (Certificate certificate : of(caFile.get())) {
                    trusted.setCertificateEntry("ca-file-" + number++, certificate);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java runtime cannot make a TLS context: " + e.getMessage(), e);
        }
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
