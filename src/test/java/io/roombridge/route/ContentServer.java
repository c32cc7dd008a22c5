package io.roombridge.route;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the portal's contents lie: read with a signature that may expire, written below {@code /in}. */
final class ContentServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final AtomicInteger signature = new AtomicInteger(1);
    final AtomicInteger down = new AtomicInteger();
    final AtomicInteger puts = new AtomicInteger();

    ContentServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The address of a content as an event names it now. */
    String holding(String name, byte[] bytes) {
        contents.put("/out/" + name, bytes);
        return base() + "/out/" + name + "?sig=" + signature.get();
    }

    /** Every address that was given so far is no longer valid. */
    void expire() {
        signature.incrementAndGet();
    }

    Map<String, byte[]> contents() {
        return contents;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (down.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.sendResponseHeaders(503, -1);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            puts.incrementAndGet();
            contents.put(path, sent);
            exchange.sendResponseHeaders(201, -1);
        } else if (!exchange.getRequestURI().getRawQuery().split("&")[0].equals("sig=" + signature.get())) {
            exchange.sendResponseHeaders(403, -1);
        } else {
            byte[] bytes = contents.getOrDefault(path, new byte[0]);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
