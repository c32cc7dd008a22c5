package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roombridge.sandbox.servicenow.Accounts;
import io.roombridge.sandbox.servicenow.Attachment;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a gigabyte passes in both directions at once through a heap that has less than 64 MB more than the bridge needs. */
@Tag("length")
class LargeFileTest {

    private static final long SIZE = 500L << 20;
    private static final long SMALL = 1_000_000;
    private static final int EXTRA_MEGABYTES = 63;
    private static final int FROM_PORTAL = 3;
    private static final int FROM_DESK = 5;

    @TempDir
    private Path directory;

    private final EmbeddedServiceNow serviceNow = EmbeddedServiceNow.start(Setup.defaults());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> put = new ConcurrentHashMap<>();
    private HttpServer portal;
    private String incident;

    @BeforeEach
    void prepare() throws Exception {
        portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        portal.setExecutor(threads);
        portal.createContext("/", this::answer);
        portal.start();
        send("POST", "/api/now/table/incident", "application/json", BodyPublishers.ofString("{}"));
        incident = serviceNow.desk().incidents().get(0).sysId();
        attach("desk-small.mp4", SMALL);
        attach("desk-large.mp4", SIZE);
    }

    @AfterEach
    void close() {
        portal.stop(0);
        threads.shutdownNow();
        serviceNow.close();
    }

    private void attach(String name, long size) throws Exception {
        send(
                "POST",
                "/api/now/attachment/file?table_name=incident&table_sys_id=" + incident + "&file_name=" + name,
                "video/mp4",
                BodyPublishers.ofInputStream(() -> new LargeFile(size, FROM_DESK)));
    }

    private void send(String method, String path, String type, HttpRequest.BodyPublisher body) throws Exception {
        Accounts.Credentials admin = serviceNow.accounts().admin();
        String basic = Base64.getEncoder()
                .encodeToString((admin.name() + ":" + admin.password()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(serviceNow.url().resolve(path))
                .header("Content-Type", type)
                .header("Authorization", "Basic " + basic)
                .method(method, body)
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(201);
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            put.put(exchange.getRequestURI().getPath(), LargeFile.sha256(exchange.getRequestBody()));
            exchange.sendResponseHeaders(201, -1);
        } else {
            long size = Long.parseLong(exchange.getRequestURI().getQuery().substring("size=".length()));
            exchange.sendResponseHeaders(200, size);
            new LargeFile(size, FROM_PORTAL).transferTo(exchange.getResponseBody());
        }
        exchange.close();
    }

    @Test
    void halfAGigabytePassesBothWaysInLessThan64MegabytesOfExtraHeap() throws Exception {
        long base = base(run("probe", 512, 0));
        int cap = Math.toIntExact((base >> 20) + EXTRA_MEGABYTES);

        String said = run("capped", cap, SIZE);

        assertThat(said).as("with -Xmx%dm", cap).contains("portal-large.mp4=DONE", "desk-large.mp4=DONE");
        assertThat(serviceNow.desk().attachments(incident))
                .filteredOn(file -> file.fileName().equals("portal-large.mp4"))
                .extracting(Attachment::size, Attachment::hash)
                .containsExactly(tuple(SIZE, new LargeFile(SIZE, FROM_PORTAL).sha256()));
        assertThat(put.entrySet())
                .filteredOn(content -> content.getKey().endsWith("desk-large.mp4"))
                .extracting(Map.Entry::getValue)
                .containsExactly(new LargeFile(SIZE, FROM_DESK).sha256());
    }

    private static long base(String said) {
        Matcher base = Pattern.compile("base=(\\d+)").matcher(said);
        assertThat(base.find())
                .as("the child says what its heap holds: %s", said)
                .isTrue();
        return Long.parseLong(base.group(1));
    }

    private String run(String name, int megabytes, long size) throws Exception {
        Path home = Files.createDirectories(directory.resolve(name));
        Accounts.Credentials account = serviceNow.accounts().integration();
        URI contents = URI.create("http://127.0.0.1:" + portal.getAddress().getPort());
        Path out = home.resolve("out");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + megabytes + "m",
                        "-XX:+UseSerialGC",
                        "@src/main/jvm/modules.args",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CarryingChild.class.getName(),
                        home.toString(),
                        serviceNow.url().toString(),
                        account.name(),
                        account.password(),
                        incident,
                        contents.toString(),
                        Long.toString(size)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
            String said = Files.readString(out);
            assertThat(child.exitValue()).as(said).isZero();
            return said;
        } finally {
            child.destroyForcibly();
        }
    }
}
