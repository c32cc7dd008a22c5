package io.roombridge.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificates that a host shows to whoever connects, and what the bridge's trust makes of them. Whoever reads them is
 * told also of those that are refused; nothing else is ever sent over such a connection.
 *
 * @param chain the host's own first; empty when it speaks no TLS
 * @param distrust why it is refused; empty when it is trusted
 */
public record Presented(List<X509Certificate> chain, Optional<String> distrust) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public Presented {
        chain = List.copyOf(chain);
    }

    /**
     * Connects, shakes hands, and hangs up.
     *
     * @param caFile certificates to trust besides those of the process
     * @param proxy an HTTP proxy that opens the way
     * @throws IOException when there is no connection
     */
    public static Presented by(String host, int port, Optional<Path> caFile, Optional<InetSocketAddress> proxy)
            throws IOException {
        Witness witness = new Witness(caFile);
        try (Socket plain =
                new Socket(proxy.map(way -> new Proxy(Proxy.Type.HTTP, way)).orElse(Proxy.NO_PROXY))) {
            int millis = Math.toIntExact(PATIENCE.toMillis());
            // Through a proxy it is the proxy that looks the name up.
            plain.connect(
                    proxy.isPresent()
                            ? InetSocketAddress.createUnresolved(host, port)
                            : new InetSocketAddress(host, port),
                    millis);
            plain.setSoTimeout(millis);
            shake(plain, host, port, witness);
            return new Presented(witness.seen, Optional.empty());
        } catch (SSLException refused) {
            return new Presented(witness.seen, Optional.of(String.valueOf(refused.getMessage())));
        }
    }

    private static void shake(Socket plain, String host, int port, Witness witness) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {witness}, null);
            try (SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, false)) {
                SSLParameters checking = secured.getSSLParameters();
                checking.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(checking);
                secured.startHandshake();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java runtime cannot make a TLS context: " + e.getMessage(), e);
        }
    }

    /** Writes down what is shown, and leaves the judgement to the bridge's own trust. */
    private static final class Witness extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager judge;
        private volatile List<X509Certificate> seen = List.of();

        Witness(Optional<Path> caFile) {
            this.judge = Trust.judge(caFile);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            seen = Arrays.asList(chain);
            judge.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            seen = Arrays.asList(chain);
            judge.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            seen = Arrays.asList(chain);
            judge.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }
}
