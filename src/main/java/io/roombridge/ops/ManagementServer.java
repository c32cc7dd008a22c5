package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the management API over HTTP (docs/rationale.md, "The management API"). Every request is judged before it is
 * read: by the name it was sent to, by its token, by its size.
 */
public final class ManagementServer implements AutoCloseable {

    /** Requests are a few fields; what is longer is not read. */
    static final int LONGEST_BODY = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final int WORKERS = 4;
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService workers;
    private final Endpoints endpoints;
    private final HostNames names;
    private final AccessToken token;
    private final FailedAttempts failed;
    private final RunningBridge.Announcement announcement;

    static {
        // The JDK's server waits for ever for the rest of a request unless told otherwise; it reads this once.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", "15");
        }
    }

    /**
     * Listens, and announces where in the data directory.
     *
     * @param names under which it may be asked besides localhost and addresses
     * @param random draws the token
     * @throws IOException when the address cannot be listened on, or the data directory not be written
     */
    public static ManagementServer start(
            InetSocketAddress address,
            List<String> names,
            Path dataDirectory,
            Endpoints endpoints,
            RandomGenerator random,
            Clock machine)
            throws IOException {
        HttpServer listening = HttpServer.create(address, 0);
        try {
            AccessToken token = AccessToken.createIn(dataDirectory, random);
            RunningBridge.Announcement announcement =
                    RunningBridge.Announcement.write(dataDirectory, listening.getAddress());
            return new ManagementServer(
                    listening, endpoints, new HostNames(names), token, new FailedAttempts(machine), announcement);
        } catch (IOException | RuntimeException e) {
            listening.stop(0);
            throw e;
        }
    }

    private ManagementServer(
            HttpServer server,
            Endpoints endpoints,
            HostNames names,
            AccessToken token,
            FailedAttempts failed,
            RunningBridge.Announcement announcement) {
        this.server = server;
        this.endpoints = endpoints;
        this.names = names;
        this.token = token;
        this.failed = failed;
        this.announcement = announcement;
        workers = Executors.newFixedThreadPool(WORKERS, task -> {
            Thread thread = new Thread(task, "management");
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
        LOG.atInfo().addKeyValue("url", announcement.url()).log("the management API listens");
    }

    /** Where it listens. */
    public URI url() {
        return announcement.url();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                judge(exchange);
                answer = endpoints.answer(read(exchange));
            } catch (Refusal refusal) {
                answer = refused(exchange, refusal);
            } catch (RuntimeException failure) {
                answer = failed(exchange, failure);
            }
            send(exchange, answer);
        }
    }

    private void judge(HttpExchange exchange) {
        if (!names.admit(header(exchange, "Host"))) {
            throw new Refusal(
                    403,
                    "this name is not one of the bridge; ask localhost or an address, or name the host in"
                            + " roombridge.management.hosts");
        }
        boolean open = endpoints.open(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath());
        if (!open && !token.admits(header(exchange, "Authorization"))) {
            String from = exchange.getRemoteAddress().getAddress().getHostAddress();
            if (failed.tooMany(from)) {
                throw new Refusal(429, "too many wrong tokens; wait a minute");
            }
            LOG.atWarn().addKeyValue("from", from).log("a request of the management API without the right token");
            throw new Refusal(
                    401, "send Authorization: Bearer TOKEN; the token is in management.token in the data directory");
        }
    }

    private static Call read(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        return new Call(exchange.getRequestMethod(), uri.getPath(), Call.parsed(uri.getRawQuery()), body(exchange));
    }

    /** No form of a web page can send this media type to another site without asking first. */
    private static ObjectNode body(HttpExchange exchange) throws IOException {
        boolean announcedTooLong = header(exchange, "Content-Length")
                .filter(length -> Long.parseLong(length) > LONGEST_BODY)
                .isPresent();
        byte[] bytes =
                announcedTooLong ? new byte[0] : exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (announcedTooLong || bytes.length > LONGEST_BODY) {
            throw new Refusal(413, "the body is longer than " + LONGEST_BODY + " bytes");
        }
        if (bytes.length > 0
                && header(exchange, "Content-Type")
                        .filter(type -> type.startsWith(JSON))
                        .isEmpty()) {
            throw new Refusal(415, "the body must be sent as " + JSON);
        }
        return Json.object(new String(bytes, StandardCharsets.UTF_8));
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static Answer refused(HttpExchange exchange, Refusal refusal) {
        if (refusal.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        if (refusal.status() == 429) {
            exchange.getResponseHeaders().set("Retry-After", Long.toString(FailedAttempts.WINDOW.toSeconds()));
        }
        return Answer.of(refusal);
    }

    private static Answer failed(HttpExchange exchange, RuntimeException failure) {
        LOG.atError()
                .addKeyValue("path", exchange.getRequestURI().getPath())
                .setCause(failure)
                .log("a request of the management API failed");
        return Answer.of(new Refusal(500, "the bridge failed to answer; its log says why"));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(answer.status(), 0);
        try (OutputStream out = exchange.getResponseBody()) {
            answer.body().writeTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        announcement.withdraw();
        server.stop(0);
        workers.shutdownNow();
    }
}
