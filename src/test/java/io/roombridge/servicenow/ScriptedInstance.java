package io.roombridge.servicenow;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/**
 * An HTTP server on a raw socket that answers exactly the bytes a test wants, well formed or not, and keeps every request
 * as it came.
 */
final class ScriptedInstance implements AutoCloseable {

    private final String scheme;
    private final ServerSocket server;
    private final Function<Call, Reply> script;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "scripted-instance");
        thread.setDaemon(true);
        return thread;
    });

    /** One request. Header names are lower case. */
    record Call(String method, String target, Map<String, String> headers, String body) {}

    /** What to do with the connection. */
    interface Reply {
        void send(Socket socket, OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
    }

    ScriptedInstance(Function<Call, Reply> script) {
        this("http", ServerSocketFactory.getDefault(), script);
    }

    ScriptedInstance(String scheme, ServerSocketFactory sockets, Function<Call, Reply> script) {
        this.scheme = scheme;
        this.script = script;
        try {
            this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    List<Call> calls() {
        return calls;
    }

    int connections() {
        return sockets.size();
    }

    static Reply json(int status, String body, String... headers) {
        return reply(status, "application/json;charset=UTF-8", body, headers);
    }

    static Reply html(int status) {
        return reply(status, "text/html", "<html><body>Your instance is hibernating</body></html>");
    }

    static Reply empty(int status) {
        return (socket, out, closed) -> write(out, "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
    }

    /** Promises a body and closes the connection inside it. */
    static Reply truncated(int status, String part) {
        return (socket, out, closed) -> {
            write(
                    out,
                    "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                            + part);
            socket.close();
        };
    }

    /** Sends this part of a longer body and then nothing more, on a connection that stays open. */
    static Reply stalled(int status, String part) {
        return (socket, out, closed) -> {
            write(
                    out,
                    "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                            + part);
            closed.await();
        };
    }

    static Reply reset() {
        return (socket, out, closed) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        };
    }

    static Reply silence() {
        return (socket, out, closed) -> closed.await();
    }

    private static Reply reply(int status, String type, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        return (socket, out, closed) -> {
            write(out, head.toString());
            out.write(bytes);
            out.flush();
        };
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                Call call = read(in);
                calls.add(call);
                script.apply(call).send(socket, socket.getOutputStream(), closed);
            }
        } catch (IOException | InterruptedException e) {
            // the client or the script closed the connection
        }
    }

    private static Call read(InputStream in) throws IOException {
        String[] start = line(in).split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String body = "chunked".equals(headers.get("transfer-encoding"))
                ? chunks(in)
                : text(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        return new Call(start[0], start[1], headers, body);
    }

    private static String chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return text(body.toByteArray());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return text(line.toByteArray());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
