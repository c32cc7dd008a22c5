package io.roombridge.sandbox.portal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of the portal lie, on loopback. {@code GET /content/ID} needs a signed URL that expires, like a SAS URL:
 * afterwards it answers 403. {@code PUT /content/TENANT/TICKET/ID} needs the server's own credential as
 * {@code Authorization: Bearer}; putting the same path again replaces the content. Both stream from and to disk.
 *
 * <p>The JDK's server and not Netty: it streams both ways without a line of ours, and nobody needs a reset here.
 */
public final class ContentServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ContentServer.class);
    private static final String ROOT = "/content";
    private static final int WORKERS = 8;
    private static final int WAITING = 64;
    private static final int BUFFER = 64 * 1024;

    private final ContentStore store;
    private final SignedUrls signatures;
    private final String token;
    private final ContentFaults faults = new ContentFaults();
    private final HttpServer http;
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS, WORKERS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), ContentServer::worker);

    private ContentServer(ContentStore store, SignedUrls signatures, String token, HttpServer http) {
        this.store = store;
        this.signatures = signatures;
        this.token = token;
        this.http = http;
    }

    /** Listens on any free port of 127.0.0.1. */
    static ContentServer start(ContentStore store, InstantSource clock, String token) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WAITING);
            ContentServer server = new ContentServer(store, new SignedUrls(clock, token), token, http);
            http.createContext(ROOT, server::answer);
            http.setExecutor(server.workers);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the portal's content server cannot listen on 127.0.0.1", e);
        }
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "portal-content");
        thread.setDaemon(true);
        return thread;
    }

    /** The root of uploads, for example {@code http://127.0.0.1:40001/content}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + ROOT);
    }

    /** The credential of uploads. No secret: the server is reachable from this machine only. */
    public String token() {
        return token;
    }

    public ContentFaults faults() {
        return faults;
    }

    /** Lets every download URL that was given out so far expire now. */
    public void expireUrls() {
        signatures.expireAll();
    }

    /** How long a download URL lives by the portal's clock, from the next one on; 4 hours unless told. */
    public void urlsLive(Duration lifetime) {
        signatures.live(lifetime);
    }

    /** Files may have at most so many bytes from now on; 1 GiB unless told. */
    public void largestFile(long bytes) {
        store.largest(bytes);
    }

    /** A download URL and when it expires. */
    record Signed(URI url, Instant expiresAt) {}

    Signed sign(String id) {
        Instant expiresAt = signatures.expiry();
        return new Signed(URI.create(url() + "/" + id + "?" + signatures.query(id, expiresAt)), expiresAt);
    }

    /** What was put to this address; empty for another server's address and where nothing was put. */
    Optional<ContentStore.Content> uploaded(URI address) {
        String root = url() + "/";
        return address.toString().startsWith(root)
                ? store.find(decoded(address.getRawPath().substring(ROOT.length() + 1)))
                : Optional.empty();
    }

    /** Whether an address is one of this server's. */
    boolean owns(URI address) {
        return address.toString().startsWith(url() + "/");
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            String id = path.length() > ROOT.length() ? decoded(path.substring(ROOT.length() + 1)) : "";
            switch (exchange.getRequestMethod()) {
                case "GET" -> download(exchange, id);
                case "PUT" -> upload(exchange, id);
                default -> say(exchange, 405, "only GET and PUT are answered here");
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a transfer of the portal's content server broke off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void download(HttpExchange exchange, String id) throws IOException, InterruptedException {
        Optional<String> refusal = signatures.refusal(id, exchange.getRequestURI());
        Optional<ContentStore.Content> content = store.find(id);
        if (refusal.isPresent()) {
            say(exchange, 403, refusal.get());
        } else if (faults.redirect().isPresent()) {
            exchange.getResponseHeaders()
                    .set("Location", faults.redirect().get().toString());
            exchange.sendResponseHeaders(302, -1);
        } else if (content.isEmpty()) {
            say(exchange, 404, "there is no such file");
        } else {
            send(exchange, content.get());
        }
    }

    private void send(HttpExchange exchange, ContentStore.Content content) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(200, content.size() == 0 ? -1 : content.size());
        long left = faults.sent(content.size());
        boolean first = true;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(content.path())) {
            OutputStream out = exchange.getResponseBody();
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, faults.chunk(BUFFER)));
                faults.spoil(buffer, read, first);
                out.write(buffer, 0, read);
                out.flush();
                left -= read;
                first = false;
            }
        }
    }

    private void upload(HttpExchange exchange, String id) throws IOException {
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            say(exchange, 401, "an upload needs the header Authorization: Bearer with the token of sandbox.json");
        } else if (id.split("/", -1).length != 3 || id.matches("(.*/)?(/.*)?")) {
            say(exchange, 400, "an upload goes to " + ROOT + "/TENANT/TICKET/ID");
        } else if (faults.putStatus().isPresent()) {
            say(exchange, faults.putStatus().getAsInt(), "refused by a switch of the sandbox");
        } else {
            try {
                store.keep(id, exchange.getRequestBody());
                exchange.sendResponseHeaders(201, -1);
            } catch (ContentStore.TooLarge e) {
                say(exchange, 413, e.getMessage());
            }
        }
    }

    /** Reads what the client still sends: one that is cut off while it writes would never see the answer. */
    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** A plus sign is one in a path. */
    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        faults.clear();
        http.stop(0);
        workers.shutdownNow();
    }
}
