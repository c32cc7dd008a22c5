package io.roombridge.files;

import io.roombridge.files.ContentFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contents of the portal's files, by HTTPS: read from the address that an event names, and put to the content
 * endpoint (docs/events.md). Both directions stream between disk and wire.
 *
 * <p>Addresses in events are text that somebody sent: {@link ContentHosts} judges each, and each hop of a redirect. The
 * credential of the endpoint goes to the endpoint only. Safe for several threads.
 */
public final class PortalContent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortalContent.class);
    private static final int PIECE = 64 * 1024;
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> GONE = Set.of(401, 403, 404, 410);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ContentHosts hosts;
    private final Optional<ContentEndpoint> endpoint;
    private final Duration timeout;
    private final ContentHosts.Resolver resolver;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /** Ends a content that stops in the middle: the client's own time limit is over once the headers are there. */
    private final ScheduledThreadPoolExecutor watchdog;

    /**
     * @param endpoint empty where nothing is sent to the portal
     * @param timeout for one content, its transfer included
     */
    public PortalContent(ContentHosts hosts, Optional<ContentEndpoint> endpoint, Duration timeout) {
        this(hosts, endpoint, timeout, InetAddress::getAllByName);
    }

    PortalContent(
            ContentHosts hosts, Optional<ContentEndpoint> endpoint, Duration timeout, ContentHosts.Resolver resolver) {
        this.hosts = hosts;
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.resolver = resolver;
        this.watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "portal-content-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /** Whether there is an endpoint to put contents to. */
    public boolean takesContents() {
        return endpoint.isPresent();
    }

    /**
     * Brings a content to disk, hashing it on the way.
     *
     * @param maxBytes a longer content is refused while it comes in
     * @throws ContentFailure when the address may not be used, or did not give the content
     */
    public Fetched fetch(URI url, Path into, long maxBytes) {
        URI next = url;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            hosts.check(next, resolver);
            HttpResponse<InputStream> answer = get(next);
            if (!REDIRECTS.contains(answer.statusCode())) {
                return received(answer, into, maxBytes);
            }
            discard(answer);
            next = redirect(answer, next);
        }
        throw ContentFailure.of(Kind.REFUSED, "more than " + MOST_REDIRECTS + " redirects from " + url.getHost());
    }

    private static URI redirect(HttpResponse<?> answer, URI from) {
        try {
            return from.resolve(answer.headers().firstValue("Location").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new ContentFailure(
                    Kind.BROKEN, "a redirect of " + from.getHost() + " to no address", Optional.empty(), e);
        }
    }

    /**
     * Puts a content where the relay finds it; putting it again replaces it.
     *
     * @param path below the endpoint, segments divided by slashes
     * @param type its media type
     * @return the address to tell the relay
     */
    public URI put(String path, String type, Path file) {
        ContentEndpoint target =
                endpoint.orElseThrow(() -> ContentFailure.of(Kind.REFUSED, "roombridge.files.content-url is not set"));
        hosts.check(target.base(), resolver);
        HttpResponse<InputStream> answer = send(request(target, path, type, file));
        discard(answer);
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return target.location(path);
        }
        String said = "the content endpoint " + target + " answered " + status;
        if (status == 400 || status == 411 || status == 413 || status == 415 || status == 422) {
            throw ContentFailure.of(Kind.REFUSED, said);
        }
        // Refused credentials or a redirect are the configuration's fault, and the next content would meet them too.
        throw new ContentFailure(Kind.UNAVAILABLE, said, retryAfter(answer), null);
    }

    private HttpRequest request(ContentEndpoint target, String path, String type, Path file) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(target.target(path))
                    .timeout(timeout)
                    .header("Content-Type", type)
                    .header("x-ms-blob-type", "BlockBlob")
                    .PUT(BodyPublishers.ofFile(file));
            target.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
            return request.build();
        } catch (IOException e) {
            throw new ContentFailure(Kind.BROKEN, "the spooled file is not there any more", Optional.empty(), e);
        }
    }

    private HttpResponse<InputStream> get(URI url) {
        return send(HttpRequest.newBuilder(url).timeout(timeout).GET().build());
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new ContentFailure(
                    Kind.UNAVAILABLE,
                    request.uri().getHost() + " does not answer: "
                            + e.getClass().getSimpleName(),
                    Optional.empty(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContentFailure(Kind.UNAVAILABLE, "interrupted", Optional.empty(), e);
        }
    }

    private Fetched received(HttpResponse<InputStream> answer, Path into, long maxBytes) {
        int status = answer.statusCode();
        if (status == 200) {
            return copied(answer, into, maxBytes);
        }
        discard(answer);
        String said = answer.uri().getHost() + " answered " + status;
        if (GONE.contains(status)) {
            throw ContentFailure.of(Kind.EXPIRED, said);
        }
        boolean everybodys = status >= 500 || status == 429 || status == 408;
        throw new ContentFailure(everybodys ? Kind.UNAVAILABLE : Kind.BROKEN, said, retryAfter(answer), null);
    }

    private Fetched copied(HttpResponse<InputStream> answer, Path into, long maxBytes) {
        if (answer.headers().firstValueAsLong("Content-Length").orElse(0) > maxBytes) {
            discard(answer);
            throw tooLarge(maxBytes);
        }
        InputStream body = answer.body();
        Future<?> end = watchdog.schedule(() -> close(body), timeout.toMillis(), TimeUnit.MILLISECONDS);
        try (body;
                OutputStream out = Files.newOutputStream(into)) {
            return copy(body, out, maxBytes);
        } catch (IOException e) {
            throw new ContentFailure(
                    Kind.BROKEN, "the content of " + answer.uri().getHost() + " broke off", Optional.empty(), e);
        } finally {
            end.cancel(false);
        }
    }

    private static Fetched copy(InputStream in, OutputStream out, long maxBytes) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE];
        long size = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            size += read;
            if (size > maxBytes) {
                throw tooLarge(maxBytes);
            }
            out.write(piece, 0, read);
            digest.update(piece, 0, read);
        }
        return new Fetched(size, HexFormat.of().formatHex(digest.digest()));
    }

    private static ContentFailure tooLarge(long maxBytes) {
        return ContentFailure.of(
                Kind.REFUSED, "the content is larger than the " + maxBytes + " bytes announced or allowed");
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Math.min(3600, Long.parseLong(value))));
    }

    private static void discard(HttpResponse<InputStream> answer) {
        close(answer.body());
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("An answer that is not wanted any more could not be closed");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }
}
