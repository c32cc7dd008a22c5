package io.roombridge.eventhubs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Looks at a hub's certificate with the trust of this process. The SDK tells nobody but its own log that it does not trust a
 * hub, and tries again for ever.
 */
final class Handshake {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Handshake() {}

    /** What is wrong with the certificate of this host; empty when it is good, or when there is no connection at all. */
    static Optional<String> fault(String host, int port) {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), Math.toIntExact(PATIENCE.toMillis()));
            plain.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            shake(plain, host, port);
            return Optional.empty();
        } catch (SSLException e) {
            return Optional.of("the certificate of " + host + ":" + port + " is not trusted (" + e.getMessage()
                    + "); name its authority in roombridge.tls.ca-file, or have the certificate mended");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void shake(Socket plain, String host, int port) throws IOException {
        try (SSLSocket secured =
                (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(plain, host, port, false)) {
            SSLParameters checking = secured.getSSLParameters();
            checking.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(checking);
            secured.startHandshake();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java runtime has no TLS context: " + e.getMessage(), e);
        }
    }
}
