package io.roombridge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback that wants a password, opens tunnels to nowhere, and remembers what it was asked and sent. */
final class RecordingProxy implements AutoCloseable {

    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket server;
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private final List<Integer> firstBytes = new CopyOnWriteArrayList<>();

    RecordingProxy() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "recording-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Where tunnels were asked for and allowed, with who asked. */
    List<String> tunnels() {
        return tunnels;
    }

    /** How many tunnels carried the beginning of TLS. */
    long encrypted() {
        return firstBytes.stream().filter(first -> first == TLS_HANDSHAKE).count();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(5_000);
                answer(socket);
            } catch (IOException closedOrGone) {
                // The client's side of it is what the test looks at.
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        String asked = in.readLine();
        String credentials = "";
        while (asked != null) {
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                credentials = line.startsWith("Proxy-Authorization: ") ? line.substring(21) : credentials;
            }
            if (!credentials.isEmpty()) {
                tunnels.add(asked + " by " + credentials);
                say(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
                firstBytes.add(socket.getInputStream().read());
                return;
            }
            say(
                    socket,
                    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                            + "Content-Length: 0\r\n\r\n");
            asked = in.readLine();
        }
    }

    private static void say(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
