package io.roombridge.sandbox.portal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The content that a command names: put to the portal's own content server, or lying in a blob store of this machine. The
 * sandbox fetches nothing from anywhere else and follows no redirect.
 */
final class ContentFetch {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ContentServer server;
    private final ContentStore store;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    ContentFetch(ContentServer server, ContentStore store) {
        this.server = server;
        this.store = store;
    }

    /** @param reason why there is no content; empty if there is */
    record Result(Optional<ContentStore.Content> content, String reason) {

        private static Result none(String reason) {
            return new Result(Optional.empty(), reason);
        }
    }

    Result of(URI address) {
        if (server.owns(address)) {
            return server.uploaded(address)
                    .map(content -> new Result(Optional.of(content), ""))
                    .orElseGet(() -> Result.none("nothing was put to " + address));
        }
        if (!onThisMachine(address.getHost())) {
            return Result.none("the sandbox fetches content from this machine only, not from " + address.getHost());
        }
        try {
            return download(address);
        } catch (IOException e) {
            return Result.none("the content could not be fetched: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.none("interrupted while the content was fetched");
        }
    }

    private Result download(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return response.statusCode() == 200
                    ? new Result(Optional.of(store.keep(address.toString(), body)), "")
                    : Result.none("the content's address answered " + response.statusCode());
        }
    }

    private static boolean onThisMachine(String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
