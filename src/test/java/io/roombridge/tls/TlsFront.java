package io.roombridge.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Ends TLS in front of a plain endpoint of this machine, on the port and loopback address that a test wants. */
public final class TlsFront implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger refused = new AtomicInteger();

    /** @param port 0 for any free one */
    public TlsFront(SSLContext context, String address, int port, int plainPort) throws IOException {
        server = context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getByName(address));
        background(() -> {
            while (!server.isClosed()) {
                SSLSocket secured = (SSLSocket) server.accept();
                background(() -> serve(secured, plainPort));
            }
        });
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many clients did not like the certificate. */
    public int refused() {
        return refused.get();
    }

    private void serve(SSLSocket secured, int plainPort) throws IOException {
        try {
            secured.startHandshake();
        } catch (SSLException e) {
            refused.incrementAndGet();
            throw e;
        }
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), plainPort);
        background(() -> pass(plain, secured));
        pass(secured, plain);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (SSLException e) {
            refused.incrementAndGet();
            throw e;
        }
    }

    /** A refused handshake ends the connection; the client tells the test why. */
    private static void background(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
