package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Checklist 55, 56, 62, 63, 65, 69, 70: below and beside the Table API. */
class ProtocolTest extends ServiceNowTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aClientThatTrustsTheAuthoritySpeaksTls() throws Exception {
        try (EmbeddedServiceNow tls = EmbeddedServiceNow.start(
                Setup.defaults().withHttpPort(Setup.OFF).withHttpsPort(0))) {
            HttpClient http =
                    HttpClient.newBuilder().sslContext(trusting(tls.caPem())).build();
            Accounts.Credentials user = tls.accounts().integration();

            Client secure = new Client(http, tls.httpsUrl(), Map.of("Authorization", Client.basic(user)));

            Client.Answer answer = secure.post(INCIDENTS, Map.of());
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Location")).startsWith(tls.httpsUrl().toString());
        }
    }

    private static SSLContext trusting(String pem) throws Exception {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        trust.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Test
    void anUpgradeToHttp2IsIgnoredAndTheConnectionStaysOpen() throws IOException {
        String head = "GET /api/now/table/incident HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                + Client.basic(snow.accounts().integration()) + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", snow.url().getPort())) {
            write(socket, head + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n");
            assertThat(readUntil(socket, "{\"result\":[]}")).startsWith("HTTP/1.1 200");
            write(socket, head + "\r\n");
            assertThat(readUntil(socket, "{\"result\":[]}")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void chunkedBodiesAndUnescapedQueriesAreRead() throws IOException {
        String head = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                + Client.basic(snow.accounts().integration()) + "\r\nContent-Type: application/json\r\n";
        try (Socket socket = new Socket("127.0.0.1", snow.url().getPort())) {
            write(
                    socket,
                    "POST /api/now/table/incident" + head
                            + "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"impact\"\r\n5\r\n:\"1\"}\r\n0\r\n\r\n");
            readUntil(socket, "calendar_stc\":\"\"}}");
            write(
                    socket,
                    "GET /api/now/table/incident?sysparm_query=impact=1^state=1&sysparm_fields=impact" + head + "\r\n");
            readUntil(socket, "{\"result\":[{\"impact\":\"1\"}]}");
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        socket.setSoTimeout(10_000);
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the server hung up after: " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }

    @Test
    void answersAreCompressedWhenAskedFor() throws IOException {
        client.incident(Map.of());

        Client.Answer answer =
                client.send("GET", INCIDENTS, BodyPublishers.noBody(), Map.of("Accept-Encoding", "gzip"));

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(answer.http().body()))) {
            assertThat(JSON.readTree(in).path("result")).hasSize(1);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        int taken = snow.url().getPort();

        assertThatThrownBy(() -> EmbeddedServiceNow.start(Setup.defaults().withHttpPort(taken)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:" + taken);
    }

    @Test
    void theDateIsThatOfTheServersClock() {
        assertThat(client.get(INCIDENTS).header("Date")).isEqualTo("Mon, 01 Jun 2026 08:00:00 GMT");
    }

    @Test
    void aUrlThatIsTooLongIsAnsweredWithHtml() {
        Client.Answer answer = client.find("incident", "number=" + "x".repeat(20_000));

        assertThat(answer.status()).isEqualTo(414);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void everyRequestIsRecordedWithItsTransactionAndWithoutSecrets() {
        Client.Answer answer = client.post(INCIDENTS + "?sysparm_fields=number", Map.of("short_description", "a b"));
        client.find("incident", "number=INC1");

        assertThat(snow.requests().all()).hasSize(2);
        RecordedRequest create = snow.requests().writes().get(0);
        assertThat(create.transaction())
                .isEqualTo(answer.header("X-Transaction-ID"))
                .matches("[0-9a-f]{12}");
        assertThat(create.method() + " " + create.path() + "?" + create.rawQuery())
                .isEqualTo("POST /api/now/table/incident?sysparm_fields=number");
        assertThat(create.user()).isEqualTo("roombridge");
        assertThat(create.status()).isEqualTo(201);
        assertThat(create.body()).isEqualTo("{\"short_description\":\"a b\"}");
        assertThat(create.headers().get("authorization")).isEqualTo("***");
        assertThat(snow.requests().to("incident").get(1).parameter("sysparm_query"))
                .contains("number=INC1");
        assertThat(snow.requests().all())
                .extracting(RecordedRequest::transaction)
                .doesNotHaveDuplicates();
        snow.requests().clear();
        assertThat(snow.requests().total()).isZero();
    }

    @Test
    void aBatchServesItsRequestsOneByOneUntilItsTimeIsUsedUp() throws IOException {
        snow.switches().batchQuota(2);
        String body =
                Base64.getEncoder().encodeToString("{\"short_description\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        String json = "{\"batch_request_id\":\"b1\",\"rest_requests\":["
                + "{\"id\":1,\"method\":\"POST\",\"url\":\"/api/now/table/incident\",\"body\":\"" + body
                + "\",\"headers\":[{\"name\":\"Content-Type\",\"value\":\"application/json\"}]},"
                + "{\"id\":\"2\",\"method\":\"GET\",\"url\":\"/api/now/table/nope\",\"exclude_response_headers\":true},"
                + "{\"id\":\"3\",\"method\":\"GET\",\"url\":\"/api/now/table/incident?sysparm_limit=1\"}]}";

        Client.Answer answer = client.send(
                "POST", "/api/now/v1/batch", BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("batch_request_id").asText()).isEqualTo("b1");
        JsonNode serviced = answer.json().path("serviced_requests");
        assertThat(serviced).hasSize(2);
        assertThat(serviced.get(0).path("id").isTextual()).isTrue();
        assertThat(serviced.get(0).path("status_code").asInt()).isEqualTo(201);
        assertThat(decoded(serviced.get(0))
                        .path("result")
                        .path("short_description")
                        .asText())
                .isEqualTo("x");
        assertThat(serviced.get(1).path("status_code").asInt()).isEqualTo(400);
        assertThat(serviced.get(1).path("headers")).isEmpty();
        assertThat(answer.json().path("unserviced_requests").toString()).isEqualTo("[\"3\"]");
    }

    private static JsonNode decoded(JsonNode serviced) throws IOException {
        return JSON.readTree(Base64.getDecoder().decode(serviced.path("body").asText()));
    }

    @Test
    void aggregatesCountAsTextAndByGroup() {
        client.incident(Map.of("impact", "1"));
        client.incident(Map.of("impact", "1"));
        client.incident(Map.of("impact", "2"));

        String stats = "/api/now/stats/incident?sysparm_count=true";
        // camel-servicenow sends the query twice.
        assertThat(client.get(stats + "&sysparm_query=impact=1&sysparm_query=impact=1")
                        .text())
                .isEqualTo("{\"result\":{\"stats\":{\"count\":\"2\"}}}");
        assertThat(client.get(stats + "&sysparm_group_by=impact").text())
                .isEqualTo("{\"result\":[{\"stats\":{\"count\":\"2\"},\"groupby_fields\":[{\"field\":\"impact\","
                        + "\"value\":\"1\"}]},{\"stats\":{\"count\":\"1\"},\"groupby_fields\":[{\"field\":\"impact\","
                        + "\"value\":\"2\"}]}]}");
    }
}
