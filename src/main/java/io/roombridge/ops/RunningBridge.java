package io.roombridge.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The bridge that runs on a data directory, asked through its management API. */
public final class RunningBridge implements Management {

    private static final String FILE = "management.json";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    // No proxy of the environment: the token goes to this machine only.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    private final URI url;
    private final String token;

    private RunningBridge(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** Where a running bridge answers, for commands on the same machine. */
    record Announcement(Path file, URI url) {

        static Announcement write(Path dataDirectory, InetSocketAddress listening) throws IOException {
            InetAddress address = listening.getAddress().isAnyLocalAddress()
                    ? InetAddress.getLoopbackAddress()
                    : listening.getAddress();
            String host = address.getHostAddress();
            URI url =
                    URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listening.getPort());
            Path file = dataDirectory.resolve(FILE);
            PrivateFile.write(
                    file,
                    Json.MAPPER.createObjectNode().put("url", url.toString()).toPrettyString() + "\n");
            return new Announcement(file, url);
        }

        void withdraw() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /**
     * The bridge that runs on this data directory; empty if none does. One that was killed leaves its announcement behind, but
     * nobody answers there.
     *
     * @throws UncheckedIOException when its announcement or token cannot be read, for example by another user
     */
    public static Optional<RunningBridge> find(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(Json.object(PrivateFile.read(file)).path("url").asText());
            return listens(url)
                    ? Optional.of(new RunningBridge(url, AccessToken.readIn(dataDirectory)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a bridge runs on " + dataDirectory + ", but " + e.getMessage()
                            + " cannot be read; use the account that the bridge runs as",
                    e);
        }
    }

    private static boolean listens(URI url) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort()),
                    Math.toIntExact(CONNECT.toMillis()));
            return true;
        } catch (ConnectException | SocketTimeoutException nobody) {
            return false;
        }
    }

    @Override
    public void ask(Call call, OutputStream answer) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(call.target()))
                .timeout(ANSWER)
                .header("Authorization", AccessToken.header(token));
        if ("POST".equals(call.method())) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(call.body().toString()));
        }
        try (InputStream body = send(request.build()).body()) {
            body.transferTo(answer);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() >= 300) {
                throw new Refusal(response.statusCode(), error(response));
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the bridge was asked", e);
        }
    }

    private String error(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            String text = new String(body.readNBytes(ManagementServer.LONGEST_BODY), StandardCharsets.UTF_8);
            return Json.object(text)
                    .path("error")
                    .asText("the bridge at " + url + " answered " + response.statusCode());
        } catch (Refusal noJson) {
            return "what answers at " + url + " (status " + response.statusCode()
                    + ") is no bridge; if none runs, delete " + FILE + " in its data directory";
        }
    }
}
