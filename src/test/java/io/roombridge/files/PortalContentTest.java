package io.roombridge.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.roombridge.files.ContentFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents over HTTP against a server that does whatever a hostile or broken one may do. */
class PortalContentTest {

    @TempDir
    private Path folder;

    private HttpServer server;
    private URI base;
    private Path down;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        down = folder.resolve("down");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private PortalContent content(ContentEndpoint... endpoint) {
        return new PortalContent(
                new ContentHosts(List.of("127.0.0.1"), false, true),
                List.of(endpoint).stream().findFirst(),
                Duration.ofSeconds(2));
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ContentFailure failing(String path, long maxBytes) {
        try (PortalContent content = content()) {
            return catchThrowableOfType(ContentFailure.class, () -> content.fetch(base.resolve(path), down, maxBytes));
        }
    }

    @Test
    void aContentIsFetchedAndHashedOnTheWay() throws IOException {
        on("/a", exchange -> answer(exchange, 200, "hello"));

        try (PortalContent content = content()) {
            assertThat(content.fetch(base.resolve("/a?sig=%2B"), down, 5))
                    .isEqualTo(new Fetched(5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
        }
        assertThat(down).hasContent("hello");
    }

    @Test
    void moreThanWasAnnouncedIsNotTakenWhateverTheHeadersSay() {
        on("/announced", exchange -> answer(exchange, 200, "123456"));
        on("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[100_000]);
            exchange.close();
        });

        assertThat(failing("/announced", 5).kind()).isEqualTo(Kind.REFUSED);
        assertThat(failing("/chunked", 5).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void anAddressThatIsNotValidAnyMoreIsExpired() {
        for (int status : new int[] {401, 403, 404, 410}) {
            on("/" + status, exchange -> answer(exchange, status, ""));

            assertThat(failing("/" + status, 5).kind()).isEqualTo(Kind.EXPIRED);
        }
    }

    @Test
    void aServerThatIsDownIsToldFromAnAnswerThatConcernsOneContentOnly() {
        on("/503", exchange -> answer(exchange, 503, ""));
        on("/416", exchange -> answer(exchange, 416, ""));

        assertThat(failing("/503", 5).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failing("/416", 5).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void aRedirectIsFollowedToConfiguredHostsOnly() throws IOException {
        on("/a", exchange -> answer(exchange, 200, "hello"));
        on("/near", exchange -> redirect(exchange, "/a"));
        on("/far", exchange -> redirect(exchange, "https://evil.test/a"));
        on("/metadata", exchange -> redirect(exchange, "http://169.254.169.254/latest"));
        on(
                "/localhost",
                exchange -> redirect(
                        exchange, "http://localhost:" + server.getAddress().getPort() + "/a"));
        on("/loop", exchange -> redirect(exchange, "/loop"));
        on("/broken", exchange -> redirect(exchange, "http://["));

        try (PortalContent content = content()) {
            assertThat(content.fetch(base.resolve("/near"), down, 5).size()).isEqualTo(5);
        }
        for (String path : new String[] {"/far", "/metadata", "/localhost", "/loop"}) {
            assertThat(failing(path, 5).kind()).as(path).isEqualTo(Kind.REFUSED);
        }
        assertThat(failing("/broken", 5).kind()).isEqualTo(Kind.BROKEN);
    }

    private static void redirect(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().set("Location", where);
        answer(exchange, 302, "");
    }

    @Test
    void aContentThatStopsInTheMiddleIsGivenUpInTime() {
        CountDownLatch over = new CountDownLatch(1);
        on("/stops", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(failing("/stops", 1000).kind()).isEqualTo(Kind.BROKEN);
        over.countDown();
    }

    @Test
    void aContentIsPutWithTheEndpointsOwnCredentialWhichIsToldToNobody() throws IOException {
        Path photo = Files.writeString(folder.resolve("photo"), "hello");
        StringBuilder seen = new StringBuilder();
        on("/in", exchange -> {
            seen.append(exchange.getRequestMethod())
                    .append(' ')
                    .append(exchange.getRequestURI())
                    .append(' ')
                    .append(exchange.getRequestHeaders().getFirst("Authorization"))
                    .append(' ')
                    .append(exchange.getRequestHeaders().getFirst("Content-length"))
                    .append(' ')
                    .append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 201, "");
        });
        ContentEndpoint endpoint = new ContentEndpoint(base.resolve("/in/?sv=1&sig=secret"), Optional.of("t0ken"));

        try (PortalContent content = content(endpoint)) {
            URI told = content.put("contoso/id/r\u00E4um 1.png", "image/png", photo);

            assertThat(told).isEqualTo(base.resolve("/in/contoso/id/r%C3%A4um%201.png"));
        }
        assertThat(seen).hasToString("PUT /in/contoso/id/r%C3%A4um%201.png?sv=1&sig=secret Bearer t0ken 5 hello");
        assertThat(endpoint.toString()).doesNotContain("secret").doesNotContain("t0ken");
    }

    @Test
    void anEndpointThatRefusesTheCredentialIsTriedAgainAndOneThatRefusesTheContentIsNot() throws IOException {
        Path photo = Files.writeString(folder.resolve("photo"), "hello");
        on("/403", exchange -> answer(exchange, 403, ""));
        on("/413", exchange -> answer(exchange, 413, ""));

        for (int status : new int[] {403, 413}) {
            try (PortalContent content = content(new ContentEndpoint(base.resolve("/" + status), Optional.empty()))) {
                ContentFailure failure =
                        catchThrowableOfType(ContentFailure.class, () -> content.put("a.png", "image/png", photo));

                assertThat(failure.kind()).isEqualTo(status == 403 ? Kind.UNAVAILABLE : Kind.REFUSED);
            }
        }
    }
}
