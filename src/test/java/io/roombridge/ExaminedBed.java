package io.roombridge;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.doctor.Doctor;
import io.roombridge.doctor.Result;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.sandbox.eventhubs.EmbeddedEventHubs;
import io.roombridge.sandbox.servicenow.Accounts;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Setup;
import io.roombridge.sandbox.servicenow.Switches.UnknownQueryField;
import io.roombridge.tls.TestAuthority;
import io.roombridge.tls.TlsFront;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;

/** Both sides of a healthy set-up, with the settings for them, for doctor to look at; a test spoils one thing of it. */
final class ExaminedBed implements AutoCloseable {

    /** Loaded once: it takes longer than a look at an instance. */
    private static final MappingVersion SHIPPED = MappingVersion.shipped();

    private final Path directory;
    private final EmbeddedServiceNow serviceNow;
    private final Optional<EmbeddedEventHubs> hubs;
    private final Map<String, String> settings = new HashMap<>();
    private final List<TlsFront> more = new ArrayList<>();

    /**
     * @param clock what ServiceNow's clock says
     * @param withHubs false: the settings name hubs that are not there
     */
    ExaminedBed(Path directory, Clock clock, boolean withHubs) {
        this.directory = directory;
        serviceNow = EmbeddedServiceNow.start(Setup.defaults().withClock(clock));
        serviceNow.switches().unknownQueryField(UnknownQueryField.NO_ROWS);
        hubs = withHubs ? Optional.of(startHubs()) : Optional.empty();
        Accounts.Credentials account = serviceNow.accounts().integration();
        set("mode", "live");
        set("data-dir", directory.toString());
        set(
                "hub.connection-string",
                hubs.map(there -> there.connectionString("portal-events")).orElse("Endpoint=sb://x/"));
        set("instances.main.url", serviceNow.url().toString());
        set("instances.main.auth", "basic");
        set("instances.main.user", account.name());
        set("instances.main.password", account.password());
    }

    /** For files of the test, and the bridge's data directory. */
    Path folder() {
        return directory;
    }

    EmbeddedServiceNow serviceNow() {
        return serviceNow;
    }

    EmbeddedEventHubs hubs() {
        return hubs.orElseThrow();
    }

    /** A setting of the bridge, without {@code roombridge.} */
    ExaminedBed set(String key, String value) {
        settings.put("roombridge." + key, value);
        return this;
    }

    /** Signs in as the OAuth client. */
    void byOAuth(String grant) {
        set("instances.main.auth", grant);
        set("instances.main.client-id", serviceNow.accounts().oauthClient().name());
        set("instances.main.client-secret", serviceNow.accounts().oauthClient().password());
    }

    /** ServiceNow is reached by https, with a certificate of this authority that is good until then. */
    void servedBy(TestAuthority authority, Instant until) throws Exception {
        TlsFront front = new TlsFront(
                authority.server("127.0.0.1", until),
                "127.0.0.1",
                0,
                serviceNow.url().getPort());
        more.add(front);
        set("instances.main.url", "https://127.0.0.1:" + front.port());
    }

    /** The hub is reached with TLS, with a certificate that nobody trusts. */
    void hubBehind(TestAuthority authority) throws Exception {
        TlsFront front = new TlsFront(authority.server("localhost"), "127.0.0.1", 0, hubs().port());
        more.add(front);
        set(
                "hub.connection-string",
                hubs().connectionString("portal-events")
                        .replace("UseDevelopmentEmulator=true;", "")
                        .replace(":" + hubs().port(), ":" + front.port()));
    }

    /** The integration user has one role less. */
    void takeRole(String role) {
        String grant = id("sys_user_has_role", "user=" + user() + "%5Erole=" + id("sys_user_role", "name=" + role));
        ask("DELETE", "/api/now/table/sys_user_has_role/" + grant, "");
    }

    /** The integration user has one role more. */
    void giveRole(String role) {
        insert("sys_user_has_role", Map.of("user", user(), "role", id("sys_user_role", "name=" + role)));
    }

    /** Changes the integration user's record. */
    void changeUser(String field, String value) {
        ask("PATCH", "/api/now/table/sys_user/" + user(), "{\"" + field + "\":\"" + value + "\"}");
    }

    private String user() {
        return id("sys_user", "user_name=" + serviceNow.accounts().integration().name());
    }

    private String id(String table, String query) {
        String found = ask("GET", "/api/now/table/" + table + "?sysparm_fields=sys_id&sysparm_query=" + query, "");
        return found.replaceFirst("(?s).*\"sys_id\":\"([0-9a-f]{32})\".*", "$1");
    }

    /** What an administrator puts into a table. */
    void insert(String table, Map<String, String> values) {
        serviceNow.desk().as(serviceNow.accounts().admin().name()).insert(table, values);
    }

    private String ask(String method, String uri, String body) {
        Map<String, String> headers =
                Map.of("Authorization", basic(serviceNow.accounts().admin()), "Content-Type", "application/json");
        return new String(
                serviceNow
                        .answer(method, uri, headers, body.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static String basic(Accounts.Credentials credentials) {
        String text = credentials.name() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** They keep one event, so that a reader is answered at once. */
    private static EmbeddedEventHubs startHubs() {
        EmbeddedEventHubs hubs = EmbeddedEventHubs.start(io.roombridge.sandbox.eventhubs.Setup.ofHubs()
                .withHub("portal-events", 1, "roombridge")
                .withHub("portal-commands", 1));
        try (EventHubProducerClient producer = new EventHubClientBuilder()
                .connectionString(hubs.connectionString("portal-events"))
                .buildProducerClient()) {
            producer.send(List.of(new EventData("{}")));
        }
        return hubs;
    }

    Settings settings() {
        return SettingsFile.read(directory.resolve("no-file"), Map.of(), settings);
    }

    /** The settings as a file. */
    Path file() throws IOException {
        Properties all = new Properties();
        all.putAll(settings);
        Path file = directory.resolve("roombridge.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            all.store(out, null);
        }
        return file;
    }

    /** @param areas which of them doctor looks at */
    List<Result> examine(boolean readOnly, Predicate<String> areas) {
        Closings closings = new Closings();
        try {
            return new Doctor(
                            new DoctorWiring(settings(), SHIPPED, readOnly, closings)
                                    .steps().stream()
                                            .filter(step -> areas.test(step.area()))
                                            .toList(),
                            Duration.ofSeconds(60))
                    .examine();
        } finally {
            closings.close(null);
        }
    }

    @Override
    public void close() throws IOException {
        for (TlsFront each : more) {
            each.close();
        }
        hubs.ifPresent(EmbeddedEventHubs::close);
        serviceNow.close();
    }
}
