package io.roombridge.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roombridge.config.HooksSettings.Takes;
import io.roombridge.config.Secret;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.Inbox;
import io.roombridge.ops.AccessToken;
import io.roombridge.portal.PortalEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may hand in events over HTTP, what is taken, and what its sender is told. */
class HooksServerTest {

    private static final String RELAY = "relay-0123456789abcdef0123456789abcdef";
    private static final String TEAMS = "teams-0123456789abcdef0123456789abcdef";
    private static final int CAPACITY = 5;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T07:00:00Z"));

    private static PortalEvents events;
    private static String example;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger arrivals = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Database database;
    private Inbox inbox;
    private HooksServer server;

    @BeforeAll
    static void compileTheSchemas() throws IOException {
        events = new PortalEvents();
        example = Files.readString(Path.of("mappings/example-event.json"));
    }

    @BeforeEach
    void start() throws IOException {
        database = Database.open("jdbc:h2:mem:hooks;DB_CLOSE_DELAY=0", "sa", "");
        inbox = new Inbox(Jdbi.create(database.dataSource()), CAPACITY);
        server = HooksServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(
                        new Source("relay", Takes.EVENTS, AccessToken.of(new Secret(RELAY)), List.of("Contoso")),
                        new Source("teams", Takes.TEAMS_ALERTS, AccessToken.of(new Secret(TEAMS)), List.of("*"))),
                events,
                inbox,
                arrivals::incrementAndGet,
                meters,
                ((InstantSource) now::get).withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void whatIsAnsweredWith202IsStored() {
        HttpResponse<String> answer = structured(event("e-1"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"accepted\" : 1");
        assertThat(stored()).singleElement().satisfies(row -> {
            assertThat(row.payload()).contains("\"id\":\"e-1\"");
            assertThat(row.orderKey()).contains("contoso|room-12");
        });
        assertThat(arrivals).as("the reader is woken").hasValue(1);
    }

    @Test
    void aBatchIsStoredInItsOrder() {
        HttpResponse<String> answer = send(
                request("/hooks/events", RELAY).header("Content-Type", "application/cloudevents-batch+json"),
                "[" + event("e-1") + "," + event("e-2") + "]");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(stored())
                .extracting(Inbox.Posted::payload)
                .satisfiesExactly(
                        one -> assertThat(one).contains("\"e-1\""),
                        two -> assertThat(two).contains("\"e-2\""));
    }

    @Test
    void binaryModeIsStoredAsStructuredMode() {
        HttpResponse<String> answer = send(
                request("/hooks/events", RELAY)
                        .header("Content-Type", "application/json")
                        .header("ce-specversion", "1.0")
                        .header("CE-ID", "e-1")
                        .header("ce-source", "/mtrp/tenants/contoso")
                        .header("ce-type", "io.roombridge.portal.stream.heartbeat.v1")
                        .header("ce-tenantid", "contoso")
                        .header("ce-subject", "Stra%C3%9Fe")
                        .header("ce-partitionkey", "contoso|stream"),
                "{\"partitionWatermark\":\"2026-06-01T08:00:00Z\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(stored()).singleElement().satisfies(row -> {
            assertThat(row.payload())
                    .contains("\"subject\":\"Straße\"", "\"data\":{\"partitionWatermark\"", "\"id\":\"e-1\"");
            assertThat(row.orderKey()).contains("contoso|stream");
        });
    }

    @Test
    void whatIsNoCloudEventIsRefusedWithThePlaceOfTheFault() {
        assertThat(refused(400, structured("{\"id\":\"e-1\"")).body()).contains("is not the JSON of this contract");
        assertThat(refused(400, structured(event("e-1").replace("\"specversion\"", "\"version\"")))
                        .body())
                .contains("$.specversion is missing");
        assertThat(refused(400, structured("[" + event("e-1") + "]")).body()).contains("$");
    }

    @Test
    void oneBadMemberRefusesTheWholeBatch() {
        HttpResponse<String> answer = send(
                request("/hooks/events", RELAY).header("Content-Type", "application/cloudevents-batch+json"),
                "[" + event("e-1") + ",{\"id\":\"e-2\"}]");

        assertThat(refused(400, answer).body()).contains("$[1] holds an event in which $.specversion is missing");
    }

    @Test
    void anEventThatBreaksTheContractIsTakenBecauseItBecomesALetter() {
        assertThat(structured(event("e-1").replace("\"sequence\"", "\"order\"")).statusCode())
                .isEqualTo(202);
    }

    @Test
    void nothingIsTakenWithoutTheToken() {
        assertThat(send(request("/hooks/events", "").header("Content-Type", "application/cloudevents+json"), event("e"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request("/hooks/events", RELAY + "0"), event("e")).statusCode())
                .isEqualTo(401);
        assertThat(send(request("/hooks/events", RELAY.substring(1)), event("e"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request("/hooks/events/" + RELAY, ""), event("e")).statusCode())
                .as("only the Teams admin centre may put it into the path")
                .isEqualTo(401);
        assertThat(stored()).isEmpty();
    }

    @Test
    void wrongTokensAreSlowedDownAndTheRightOneIsLetIn() {
        for (int i = 0; i < 10; i++) {
            assertThat(send(request("/hooks/events", "guess-" + i), "").statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> answer = send(request("/hooks/events", "guess"), "");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("60");
        assertThat(structured(event("e-1")).statusCode()).isEqualTo(202);
    }

    @Test
    void eachSourceHandsInAtItsOwnPlace() {
        refused(404, send(request("/hooks/events", TEAMS), event("e-1")));
        refused(404, send(request("/hooks/teams-alerts", RELAY), "{}"));
        refused(404, send(request("/observe/metrics", RELAY), "{}"));
        HttpResponse<String> other = send(request("/hooks/events", RELAY).GET());
        assertThat(other.statusCode()).isEqualTo(405);
        assertThat(other.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aSourceSpeaksOfItsOwnTenantsOnly() {
        HttpResponse<String> answer = structured(event("e-1").replace("\"contoso\"", "\"fabrikam\""));

        assertThat(refused(403, answer).body()).contains("relay does not speak of the tenant fabrikam");
    }

    @Test
    void whatIsTooLongIsNotRead() {
        String longEvent = event("e-1") + " ".repeat(HookReception.LONGEST_BODY);

        refused(413, structured(longEvent));
    }

    @Test
    void onlyTheThreeModesOfCloudEventsAreTaken() {
        refused(415, send(request("/hooks/events", RELAY).header("Content-Type", "text/plain"), event("e-1")));
        refused(415, send(request("/hooks/events", RELAY), event("e-1")));
        refused(
                415,
                send(
                        request("/hooks/events", RELAY)
                                .header("Content-Type", "application/cloudevents+json")
                                .header("Content-Encoding", "gzip"),
                        event("e-1")));
    }

    private HttpResponse<String> binary(String type, String subject) {
        return send(
                request("/hooks/events", RELAY)
                        .header("Content-Type", type)
                        .header("ce-specversion", "1.0")
                        .header("ce-id", "e-1")
                        .header("ce-source", "/mtrp/tenants/contoso")
                        .header("ce-type", "io.roombridge.portal.stream.heartbeat.v1")
                        .header("ce-tenantid", "contoso")
                        .header("ce-subject", subject),
                "{\"partitionWatermark\":\"2026-06-01T08:00:00Z\"}");
    }

    @Test
    void aQuotedHeaderIsUnquotedAndThenDecodedOnce() {
        assertThat(binary("application/json", "\"a \\\"b\\\" %2541%E2%82%AC\"").statusCode())
                .isEqualTo(202);

        assertThat(stored())
                .singleElement()
                .satisfies(row -> assertThat(row.payload()).contains("\"subject\":\"a \\\"b\\\" %41\u20AC\""));
    }

    @Test
    void aHeaderThatIsNoText() {
        assertThat(refused(400, binary("application/json", "100%")).body()).contains("ce-subject", "percent-encoded");
        assertThat(refused(400, binary("application/json", "%C3")).body()).contains("not as UTF-8");
        assertThat(refused(400, binary("application/json", "%ED%A0%80")).body()).contains("not as UTF-8");
        assertThat(refused(400, binary("application/json", "%2")).body()).contains("percent-encoded");
    }

    @Test
    void whatTheContractDoesNotReadIsRefusedByItsType() {
        assertThat(refused(415, binary("text/plain", "a")).body()).contains("application/json with the attributes");
        assertThat(refused(415, binary("application/json; charset=ISO-8859-1", "a"))
                        .body())
                .contains("the charset iso-8859-1 is not read");
        for (String type : List.of(
                "application/cloudevents+xml", "application/cloudevents-batch+avro", "application/cloudevents")) {
            assertThat(refused(415, send(request("/hooks/events", RELAY).header("Content-Type", type), event("e-1")))
                            .body())
                    .contains(type + " is not read");
        }
    }

    @Test
    void aTypeMayHaveParametersAndAnyCase() {
        assertThat(binary("Application/vnd.portal+JSON; charset=\"UTF-8\"", "a").statusCode())
                .isEqualTo(202);
        assertThat(send(
                                request("/hooks/events", RELAY)
                                        .header("Content-Type", "Application/CloudEvents+JSON ; charset=utf-8"),
                                event("e-2"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(stored()).hasSize(2);
    }

    @Test
    void anEmptyBatchIsTakenAndHoldsNothing() {
        HttpResponse<String> answer = send(
                request("/hooks/events", RELAY).header("Content-Type", "application/cloudevents-batch+json"), "[]");

        assertThat(refused(202, answer).body()).contains("\"accepted\" : 0");
    }

    @Test
    void aFullInboxAsksToComeAgain() {
        for (int i = 0; i < CAPACITY; i++) {
            structured(event("e-" + i));
        }

        HttpResponse<String> answer = structured(event("e-more"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        assertThat(server.check().up()).isFalse();
        inbox.finished(2);
        assertThat(structured(event("e-more")).statusCode()).isEqualTo(202);
        assertThat(server.check().up()).isTrue();
    }

    @Test
    void thatItWasFullIsForgottenBecauseNobodyMaySendAnythingUntilThen() {
        for (int i = 0; i <= CAPACITY; i++) {
            structured(event("e-" + i));
        }
        assertThat(server.check().up()).isFalse();

        now.updateAndGet(instant -> instant.plusSeconds(61));

        assertThat(server.check().up()).isTrue();
    }

    @Test
    void whatCannotBeStoredIsNotTaken() {
        database.close();

        assertThat(structured(event("e-1")).statusCode()).isEqualTo(503);
        assertThat(arrivals).hasValue(0);
    }

    @Test
    void everyAnswerIsCounted() {
        structured(event("e-1"));
        structured("{");

        assertThat(meters.counter("roombridge.hooks.requests", "status", "202").count())
                .isEqualTo(1);
        assertThat(meters.counter("roombridge.hooks.requests", "status", "400").count())
                .isEqualTo(1);
    }

    private HttpResponse<String> refused(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(stored()).isEmpty();
        return answer;
    }

    private List<Inbox.Posted> stored() {
        return inbox.after(0, 100).stream().map(Inbox.Row::event).toList();
    }

    private static String event(String id) {
        return example.replaceFirst("\"id\": *\"[^\"]*\"", "\"id\": \"" + id + "\"");
    }

    private HttpResponse<String> structured(String event) {
        return send(request("/hooks/events", RELAY).header("Content-Type", "application/cloudevents+json"), event);
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.address().getPort() + path));
        return Optional.of(token)
                .filter(given -> !given.isEmpty())
                .map(given -> request.header("Authorization", "Bearer " + given))
                .orElse(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String body) {
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
