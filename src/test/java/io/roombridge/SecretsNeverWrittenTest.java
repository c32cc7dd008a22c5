package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import io.roombridge.config.SettingsFile;
import io.roombridge.portal.EventExamples;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.portal.SandboxPortal;
import io.roombridge.sandbox.servicenow.Accounts;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs with secrets of every kind, good ones and wrong ones, through faults, and looks for them in everything that was
 * written. The bridge's own loggers tell all they can (TRACE), everybody else's tell DEBUG; the exceptions are named below.
 */
class SecretsNeverWrittenTest {

    /**
     * The bridge at TRACE, others at DEBUG. Not the sandbox, which knows every secret, nor the SDK's HTTP pipeline and Netty,
     * whose DEBUG is a dump of bytes; nobody can want that level in production (docs/operations.md).
     */
    private static final Map<String, Level> LEVELS = Map.of(
            "", Level.DEBUG,
            "io.roombridge", Level.TRACE,
            "io.roombridge.sandbox", Level.OFF,
            "io.netty", Level.INFO);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HUB_KEY = "aHViLWtleS1kaXN0aW5jdGl2ZS0wMDE=";
    private static final String STORE_PASSWORD = "store-pw-distinctive-002";
    private static final String WRONG_SECRET = "wrong-secret-distinctive-003";
    private static final String SIGNATURE = "sas-signature-distinctive-004";

    private final Map<String, List<String>> secrets = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    private WrittenAnywhere written;
    private EmbeddedServiceNow serviceNow;
    private EmbeddedEventHubs hubs;
    private SandboxPortal portal;

    @BeforeEach
    void start() {
        written = new WrittenAnywhere(LEVELS);
        serviceNow = EmbeddedServiceNow.start(Setup.defaults().withSeed(77));
        hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                .withHub("portal-events", 1, "roombridge")
                .withHub("portal-commands", 1, "relay")
                .withKey("policy", HUB_KEY));
        portal = SandboxPortal.start(
                new SandboxPortal.Hubs(hubs, "portal-events", "portal-commands"),
                folder.resolve("portal"),
                Clock.systemUTC(),
                77);
        secret("hub key", HUB_KEY);
        secret("store password", STORE_PASSWORD);
        secret("wrong secret", WRONG_SECRET);
        secret("signature of the content endpoint", SIGNATURE);
        secret("content token", portal.content().token());
        secret("password", serviceNow.accounts().integration().password());
        secret("client secret", serviceNow.accounts().oauthClient().password());
        secret("API key", serviceNow.accounts().apiKey());
    }

    @AfterEach
    void stop() {
        portal.close();
        hubs.close();
        serviceNow.close();
        written.close();
    }

    /** A secret is recognised as it is, in a form or address, and in a header of basic authentication. */
    private void secret(String name, String value) {
        Base64.Encoder base64 = Base64.getEncoder();
        secrets.put(
                name,
                Stream.of(
                                value,
                                URLEncoder.encode(value, StandardCharsets.UTF_8),
                                base64.encodeToString(
                                        (Accounts.INTEGRATION_USER + ":" + value).getBytes(StandardCharsets.UTF_8)))
                        .distinct()
                        .toList());
    }

    @Test
    void noSecretIsWrittenAnywhereInAWholeRunWithFaults() throws Exception {
        aDayWithFaults(Map.of(
                "auth", "password",
                "password", serviceNow.accounts().integration().password(),
                "client-id", serviceNow.accounts().oauthClient().name(),
                "client-secret", serviceNow.accounts().oauthClient().password()));
        secret("access token", token());
        aDayWithFaults(
                Map.of("auth", "api-key", "api-key", serviceNow.accounts().apiKey()));
        nothingIsAccepted();
        badConfigurations();

        written.add(folder);
        assertThat(written.logged()).isGreaterThan(100_000);
        assertThat(written.find(secrets)).isEmpty();
    }

    private int day;

    /** A ticket with a message and a file in both directions, while the instance refuses, dies and talks nonsense. */
    private void aDayWithFaults(Map<String, String> login) throws Exception {
        String room = "room-" + ++day;
        Path data = folder.resolve("bridge-" + day);
        serviceNow.faults().on(RequestMatcher.writes()).next(1, Fault.unauthorized());
        serviceNow.faults().on(RequestMatcher.method("GET")).next(1, Fault.htmlPage(503));
        serviceNow.faults().on(RequestMatcher.method("GET")).next(1, Fault.rateLimited(Duration.ofSeconds(1)));
        serviceNow.faults().on(RequestMatcher.writes()).next(1, Fault.truncated());
        Map<String, String> given = settings(data, hubs.connectionString("portal-events"), login);
        try (Bridge bridge = Bridge.start(
                SettingsFile.read(folder.resolve("none"), Map.of(), given), Clock.systemUTC(), Clock.systemUTC())) {
            send(
                    event("ticket.opened", room),
                    event("ticket.message-added", room),
                    event("ticket.attachment-added", room),
                    event("ticket.opened", room).replace("\"severity\": \"important\"", "\"severity\": \"huge\""));
            await().atMost(PATIENCE)
                    .until(() -> bridge.outcomes().counts().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            >= 4);
            hubs.faults().dropConnections();
        }
        dump(data);
    }

    private static String event(String name, String room) {
        return EventExamples.event(name)
                .replace("room-12", room)
                .replace("7B7365-EPDOLF", "T-" + room)
                .replace("01JWN", name + room);
    }

    private Map<String, String> settings(Path data, String connectionString, Map<String, String> login) {
        Map<String, String> given = new HashMap<>();
        given.put("roombridge.mode", "live");
        given.put("roombridge.data-dir", data.toString());
        given.put("roombridge.store.password", STORE_PASSWORD);
        given.put("roombridge.hub.connection-string", connectionString);
        given.put("roombridge.hub.drain", "PT1S");
        given.put("roombridge.poll.interval", "PT1S");
        given.put("roombridge.files.interval", "PT1S");
        given.put("roombridge.files.allow-loopback", "true");
        given.put("roombridge.files.hosts", "files.example.com");
        given.put("roombridge.files.content-url", portal.content().url() + "?sv=1&sig=" + SIGNATURE);
        given.put("roombridge.files.content-token", portal.content().token());
        given.put("roombridge.instances.main.url", serviceNow.url().toString());
        given.put("roombridge.instances.main.user", Accounts.INTEGRATION_USER);
        login.forEach((key, value) -> given.put("roombridge.instances.main." + key, value));
        return given;
    }

    private void send(String... events) {
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(Stream.of(events).map(EventData::new).toList());
        }
    }

    /** Every column of every table, as text. */
    private void dump(Path data) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:" + data.resolve("store"), "sa", STORE_PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet script = statement.executeQuery("script nopasswords nosettings")) {
            while (script.next()) {
                rows.append(script.getString(1)).append('\n');
            }
        }
        assertThat(rows.toString()).contains("INSERT INTO \"PUBLIC\".\"TICKET\"");
        written.add("the tables of " + data.getFileName(), rows.toString());
    }

    /** The hub does not know the key, the instance does not know the client. */
    private void nothingIsAccepted() throws IOException {
        String wrong = hubs.connectionString("portal-events").replace(HUB_KEY, WRONG_SECRET);
        Map<String, String> login = Map.of("client-id", "nobody", "client-secret", WRONG_SECRET);
        Map<String, String> given = settings(folder.resolve("refused"), wrong, login);
        try (Bridge bridge = Bridge.start(
                SettingsFile.read(folder.resolve("none"), Map.of(), given), Clock.systemUTC(), Clock.systemUTC())) {
            await().atMost(PATIENCE)
                    .until(() -> !serviceNow
                            .requests()
                            .where(request -> request.path().contains("oauth") && request.status() == 401)
                            .isEmpty());
            assertThat(bridge.reading()).isEmpty();
        } catch (RuntimeException e) {
            written.add("the failure of a start", stackTrace(e));
        }
    }

    private void badConfigurations() throws IOException {
        for (String line : List.of(
                "roombridge.store.url=jdbc:postgresql://localhost:1/x?user=u&password=" + WRONG_SECRET,
                "roombridge.store.url=jdbc:h2:" + folder.resolve("bridge-1/store") + ";IFEXISTS=TRUE",
                "roombridge.hub.connection-string=Endpoint=sb://hub.example.com;SharedAccessKey=" + WRONG_SECRET
                        + ";UseDevelopmentEmulator=true",
                "roombridge.hub.connection-string=SharedAccessKey=" + WRONG_SECRET,
                "roombridge.files.content-url=ftp://x/?sig=" + WRONG_SECRET,
                "roombridge.files.content-url=https://user:" + WRONG_SECRET + "@x/",
                "roombridge.instances.main.passwrod=" + WRONG_SECRET,
                "roombridge.instances.main.password-file=" + WRONG_SECRET + "-no-such-file",
                "roombridge.instances.main.url=https://user:" + WRONG_SECRET + "@example.service-now.com")) {
            Path file = Files.createTempFile(folder, "bad", ".properties");
            StringBuilder text = new StringBuilder();
            Map<String, String> given = settings(
                    folder.resolve("bad"),
                    hubs.connectionString("portal-events"),
                    Map.of("auth", "basic", "password", WRONG_SECRET));
            given.put("roombridge.store.password", WRONG_SECRET);
            given.remove(line.substring(0, line.indexOf('=')));
            given.forEach((key, value) -> text.append(key)
                    .append('=')
                    .append(value.replace("\\", "\\\\"))
                    .append('\n'));
            Files.writeString(file, text.append(line).append('\n'));
            StringWriter out = new StringWriter();
            int exit = Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(out))
                    .execute("closing", "--within", "7d", "--config", file.toString());
            Files.delete(file);
            if (!line.contains("-no-such-file")) {
                written.add("what is printed for " + line.replace(WRONG_SECRET, "..."), out.toString());
            }
            System.out.println(exit);
        }
    }

    /** The instance gives the same token again while it is alive. */
    private String token() throws Exception {
        Accounts.Credentials client = serviceNow.accounts().oauthClient();
        String form = "grant_type=password&client_id=" + client.name() + "&client_secret=" + client.password()
                + "&username=" + Accounts.INTEGRATION_USER + "&password="
                + URLEncoder.encode(serviceNow.accounts().integration().password(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(serviceNow.url() + "/oauth_token.do"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        assertThat(token.find()).as(answer).isTrue();
        return token.group(1);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
