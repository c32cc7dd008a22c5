package io.roombridge.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask the running bridge, and what becomes of requests that should not be. */
class ManagementServerTest {

    /** Milliseconds; the server's own deadline is later. */
    private static final int PATIENCE = 10_000;

    @TempDir
    Path directory;

    private final CountDownLatch slow = new CountDownLatch(4);
    private final CountDownLatch probed = new CountDownLatch(2);
    private final CountDownLatch ready = new CountDownLatch(1);
    private Instant now = Instant.parse("2026-06-01T07:00:00Z");
    private ManagementServer server;

    private final Clock machine = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = started();
    }

    private ManagementServer started() throws IOException {
        return ManagementServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of("bridge.example.org"),
                directory,
                new Endpoints(List.of(
                        Endpoint.open(
                                "/live",
                                call -> Answer.json(
                                        JsonNodeFactory.instance.objectNode().put("live", true))),
                        Endpoint.atOnce("/alive", call -> Answer.json(JsonNodeFactory.instance.objectNode())),
                        Endpoint.get("/slow", call -> {
                            slow.countDown();
                            awaitQuietly(ready);
                            return Answer.json(JsonNodeFactory.instance.objectNode());
                        }),
                        Endpoint.open("/ready", call -> {
                            probed.countDown();
                            awaitQuietly(ready);
                            return Answer.json(JsonNodeFactory.instance.objectNode());
                        }),
                        Endpoint.get(
                                "/rooms/{room}",
                                call -> Answer.json(JsonNodeFactory.instance
                                        .objectNode()
                                        .put("room", call.value("room").orElseThrow())
                                        .put("near", call.value("near").orElse("")))),
                        Endpoint.post(
                                "/doors",
                                call -> Answer.json(JsonNodeFactory.instance
                                        .objectNode()
                                        .put("openedBy", call.required("by", "who opens it")))),
                        Endpoint.get(
                                "/long",
                                call -> Answer.json(JsonNodeFactory.instance
                                        .objectNode()
                                        .put("text", "x".repeat(4_999_999) + "y"))),
                        Endpoint.get("/broken", call -> {
                            throw new IllegalStateException("a password of the inside");
                        }))),
                new Random(7),
                machine);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theRunningBridgeIsFoundAndAnswers() {
        RunningBridge bridge = RunningBridge.find(directory).orElseThrow();

        assertThat(bridge.ask(Call.get("/rooms/r-1", Map.of("near", "Straße & Co")))
                        .toString())
                .isEqualTo("{\"room\":\"r-1\",\"near\":\"Straße & Co\"}");
        assertThat(bridge.ask(Call.post(
                                "/doors", JsonNodeFactory.instance.objectNode().put("by", "Beth")))
                        .path("openedBy")
                        .asText())
                .isEqualTo("Beth");
    }

    @Test
    void aRefusalReachesThePersonWhoAsked() {
        RunningBridge bridge = RunningBridge.find(directory).orElseThrow();

        assertThatThrownBy(() -> bridge.ask(Call.post("/doors", JsonNodeFactory.instance.objectNode())))
                .isInstanceOf(Refusal.class)
                .hasMessage("\"by\" is missing: who opens it");
    }

    @Test
    void withoutTheTokenNothingIsAnsweredButHealth() throws IOException {
        assertThat(get("/rooms/r-1", "Host: localhost"))
                .startsWith("HTTP/1.1 401")
                .contains("management.token");
        assertThat(get("/rooms/r-1", "Host: localhost", "Authorization: Bearer " + "0".repeat(64)))
                .startsWith("HTTP/1.1 401");
        assertThat(get("/live", "Host: localhost")).startsWith("HTTP/1.1 200");
    }

    @Test
    void onlyTheBridgesOwnUserMayReadTheToken() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("management.token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void everyStartHasItsOwnToken() throws IOException {
        String before = token();
        server.close();
        server = ManagementServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(),
                directory,
                new Endpoints(List.of()),
                new Random(8),
                machine);

        assertThat(token()).isNotEqualTo(before);
    }

    @Test
    void aPageThatPointsItsNameHereIsRefused() throws IOException {
        assertThat(get("/rooms/r-1", "Host: evil.example.com", authorized())).startsWith("HTTP/1.1 403");
        assertThat(get("/live", "Host: evil.example.com")).startsWith("HTTP/1.1 403");
        assertThat(get("/rooms/r-1", "Host: bridge.example.org:9464", authorized()))
                .startsWith("HTTP/1.1 200");
        assertThat(get("/rooms/r-1", "Host: [::1]:9464", authorized())).startsWith("HTTP/1.1 200");
    }

    @Test
    void wrongTokensAreToldToWaitAndTheRightOneIsNot() throws IOException {
        for (int i = 0; i < FailedAttempts.ALLOWED; i++) {
            assertThat(get("/rooms/r-1", "Host: localhost")).startsWith("HTTP/1.1 401");
        }
        assertThat(get("/rooms/r-1", "Host: localhost"))
                .startsWith("HTTP/1.1 429")
                .containsIgnoringCase("Retry-After: 60");
        assertThat(get("/rooms/r-1", "Host: localhost", authorized())).startsWith("HTTP/1.1 200");

        now = now.plus(Duration.ofMinutes(1));
        assertThat(get("/rooms/r-1", "Host: localhost")).startsWith("HTTP/1.1 401");
    }

    @Test
    void aBodyIsLimitedBeforeItIsParsed() throws IOException {
        assertThat(post("Content-Type: application/json\r\nContent-Length: 99999999", ""))
                .startsWith("HTTP/1.1 413");
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n1\r\n \r\n0\r\n\r\n";
        assertThat(post("Content-Type: application/json\r\nTransfer-Encoding: chunked", chunk))
                .startsWith("HTTP/1.1 413");
        String bomb = "{\"a\":".repeat(500) + "1" + "}".repeat(500);
        assertThat(post("Content-Type: application/json\r\nContent-Length: " + bomb.length(), bomb))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aFormOfAWebPageIsNoRequest() throws IOException {
        assertThat(post("Content-Type: text/plain\r\nContent-Length: 12", "{\"by\":\"Eve\"}"))
                .startsWith("HTTP/1.1 415");
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertThat(get("/nothing", "Host: localhost", authorized())).startsWith("HTTP/1.1 404");
        assertThat(get("/doors", "Host: localhost", authorized()))
                .startsWith("HTTP/1.1 405")
                .contains("/doors takes POST");
    }

    @Test
    void aFailureTellsNothingOfTheInside() throws IOException {
        assertThat(get("/broken", "Host: localhost", authorized()))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("password");
    }

    /** Some say nothing, some half a head, some announce a body and send none: more than there are threads. */
    @Test
    void clientsThatSayNothingDoNotKeepARightRequestWaiting() throws IOException {
        List<String> beginnings = List.of(
                "",
                "GET /live HTT",
                "GET /live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
                "POST /doors HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
                "POST /doors HTTP/1.1\r\nHost: localhost\r\n" + authorized() + "\r\nContent-Length: 60000\r\n\r\n{");
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * Waiting.MOST; i++) {
                silent.add(begun(beginnings.get(i % beginnings.size())));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(get("/rooms/r-1", "Host: localhost", authorized())).startsWith("HTTP/1.1 200");
            }
            assertThat(ended(silent.get(0))).as("the oldest had to go").isTrue();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void neitherLongRequestsNorSlowProbesMakeTheProcessLookDead() throws Exception {
        List<Socket> busy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(begun("GET /slow HTTP/1.1\r\nHost: localhost\r\n" + authorized() + "\r\n\r\n"));
        }
        slow.await();
        assertThat(get("/live", "Host: localhost")).startsWith("HTTP/1.1 200");

        for (int i = 0; i < 2; i++) {
            busy.add(begun("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        probed.await();
        assertThat(get("/alive", "Host: localhost")).startsWith("HTTP/1.1 200");

        ready.countDown();
        for (Socket socket : busy) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            socket.close();
        }
    }

    private Socket begun(String beginning) throws IOException {
        Socket socket = new Socket(server.url().getHost(), server.url().getPort());
        socket.setSoTimeout(PATIENCE);
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void whatFollowsARequestOnItsConnectionIsNotRead() throws IOException {
        String two = "GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2);
        assertThat(exchange(two)).containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void aLongAnswerArrivesWhole() {
        RunningBridge bridge = RunningBridge.find(directory).orElseThrow();
        assertThat(bridge.ask(Call.get("/long", Map.of())).path("text").asText())
                .hasSize(5_000_000)
                .endsWith("y");
    }

    @Test
    void aBridgeThatStoppedOrWasKilledIsNotFound() throws IOException {
        String announcement = Files.readString(directory.resolve("management.json"));
        server.close();
        assertThat(RunningBridge.find(directory)).isEmpty();

        Files.writeString(directory.resolve("management.json"), announcement);
        assertThat(RunningBridge.find(directory)).isEmpty();
    }

    private String authorized() throws IOException {
        return "Authorization: Bearer " + token();
    }

    private String token() throws IOException {
        return AccessToken.readIn(directory);
    }

    private String get(String path, String... headers) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
    }

    private String post(String headers, String body) throws IOException {
        return exchange(
                "POST /doors HTTP/1.1\r\nHost: localhost\r\n" + authorized() + "\r\n" + headers + "\r\n\r\n" + body);
    }

    /** By hand, because no client lets one lie about the host. */
    private String exchange(String request) throws IOException {
        URI url = server.url();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream()
                    .write(request.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
