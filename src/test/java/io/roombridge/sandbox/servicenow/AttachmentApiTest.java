package io.roombridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checklist 19, 20, 57, 66: files. */
class AttachmentApiTest extends ServiceNowTest {

    private static final byte[] FILE = new byte[100_000];

    static {
        new Random(7).nextBytes(FILE);
    }

    private String incident;

    @BeforeEach
    void incident() {
        incident = client.incident(Map.of());
    }

    private Client.Answer upload(String api, String fileName, byte[] bytes) {
        return client.send(
                "POST",
                api + "/file?table_name=incident&table_sys_id=" + incident + "&file_name=" + Client.encode(fileName),
                BodyPublishers.ofByteArray(bytes),
                Map.of("Content-Type", "image/png"));
    }

    private String state(String sysId) {
        return client.get("/api/now/attachment/" + sysId).field("state");
    }

    @Test
    void anUploadIsAnsweredWithItsLocationSizeAndHash() {
        Client.Answer answer = upload("/api/now/attachment", "room + \u00E4\uD83D\uDE00.png", FILE);

        String url = snow.url() + "/api/now/attachment/" + answer.field("sys_id") + "/file";
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(url);
        assertThat(answer.field("download_link")).isEqualTo(url);
        assertThat(answer.result().get("size_bytes").isTextual()).isTrue();
        assertThat(answer.field("size_bytes")).isEqualTo("100000");
        assertThat(answer.field("hash")).isEqualTo(Attachments.sha256(FILE));
        assertThat(answer.field("file_name")).isEqualTo("room + \u00E4\uD83D\uDE00.png");
        assertThat(answer.field("content_type")).isEqualTo("image/png");
        assertThat(answer.field("table_sys_id")).isEqualTo(incident);
    }

    @Test
    void theLocationMirrorsTheVersionOfTheRequest() {
        assertThat(upload("/api/now/v1/attachment", "a.png", FILE).header("Location"))
                .startsWith(snow.url() + "/api/now/v1/attachment/");
    }

    @Test
    void whatComesDownIsWhatWentUp() throws Exception {
        String sysId = upload("/api/now/attachment", "r\u00E4um.png", FILE).field("sys_id");

        Client.Answer answer = client.send(
                "GET",
                "/api/now/attachment/" + sysId + "/file",
                BodyPublishers.noBody(),
                Map.of("Accept", "image/png"));

        assertThat(answer.http().body()).isEqualTo(FILE);
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(new ObjectMapper()
                        .readTree(answer.header("X-Attachment-Metadata"))
                        .path("file_name")
                        .asText())
                .isEqualTo("r\u00E4um.png");
    }

    @Test
    void aFileIsPendingUntilItsScanASecondLater() {
        String sysId = upload("/api/now/attachment", "a.png", FILE).field("sys_id");
        assertThat(state(sysId)).isEqualTo("pending");

        clock.advance(Duration.ofSeconds(1));

        Client.Answer scanned = client.get("/api/now/attachment/" + sysId);
        assertThat(scanned.field("state")).isEqualTo("available");
        assertThat(scanned.field("sys_updated_by")).isEqualTo("system");
        assertThat(scanned.field("sys_mod_count")).isEqualTo("1");
        assertThat(snow.desk().incident(incident).orElseThrow().field("sys_mod_count"))
                .isEqualTo("0");
    }

    @Test
    void aScanMayFindAVirusOrNeverEnd() {
        snow.switches().attachmentScan(Switches.AttachmentScan.INFECTED);
        String infected = upload("/api/now/attachment", "a.png", FILE).field("sys_id");
        snow.switches().attachmentScan(Switches.AttachmentScan.NEVER_ENDS);
        String pending = upload("/api/now/attachment", "b.png", FILE).field("sys_id");
        clock.advance(Duration.ofDays(1));

        assertThat(state(infected)).isEqualTo("not_available");
        assertThat(client.get("/api/now/attachment/" + infected + "/file").status())
                .isEqualTo(403);
        assertThat(state(pending)).isEqualTo("pending");
    }

    @Test
    void filesAreFoundByQueryAndByNameAndValue() {
        upload("/api/now/attachment", "a.png", FILE);
        upload("/api/now/attachment", "b.png", FILE);

        String query = Client.encode("table_name=incident^table_sys_idIN" + incident + "^file_name=a.png");
        assertThat(client.get("/api/now/attachment?sysparm_query=" + query).column("file_name"))
                .containsExactly("a.png");
        assertThat(client.get("/api/now/attachment?table_name=incident&table_sys_id=" + incident)
                        .header("X-Total-Count"))
                .isEqualTo("2");
    }

    @Test
    void aFileNeedsARecordAndAllItsParameters() {
        String unknown = "/api/now/attachment/file?table_name=incident&file_name=a&table_sys_id=" + "0".repeat(32);
        Map<String, String> text = Map.of("Content-Type", "text/plain");

        assertThat(client.send("POST", unknown, BodyPublishers.ofString("x"), text)
                        .status())
                .isEqualTo(404);
        assertThat(client.send(
                                "POST",
                                "/api/now/attachment/file?table_name=incident",
                                BodyPublishers.ofString("x"),
                                text)
                        .status())
                .isEqualTo(400);
        snow.switches().maxAttachmentBytes(10);
        assertThat(upload("/api/now/attachment", "a.png", FILE).status()).isEqualTo(400);
        assertThat(snow.desk().attachments(incident)).isEmpty();
    }

    @Test
    void aMultipartUploadHasItsFileLast() {
        String body = "--B\r\nContent-Disposition: form-data; name=\"table_name\"\r\n\r\nincident\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"table_sys_id\"\r\n\r\n" + incident + "\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"uploadFile\"; filename=\"\u00E4.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nline\r\n\u00E4\r\n--B--\r\n";

        Client.Answer answer = client.send(
                "POST",
                "/api/now/attachment/upload",
                BodyPublishers.ofString(body),
                Map.of("Content-Type", "multipart/form-data; boundary=B"));

        assertThat(answer.status()).isEqualTo(201);
        Attachment file = snow.desk().attachments(incident).get(0);
        assertThat(file.fileName()).isEqualTo("\u00E4.txt");
        assertThat(file.contentType()).isEqualTo("text/plain");
        assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo("line\r\n\u00E4");
    }

    @Test
    void aMultipartUploadWhoseFileIsNotLastIsRefused() {
        String body = "--B\r\nContent-Disposition: form-data; name=\"uploadFile\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nline\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"table_name\"\r\n\r\nincident\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"table_sys_id\"\r\n\r\n" + incident + "\r\n--B--\r\n";

        Client.Answer answer = client.send(
                "POST",
                "/api/now/attachment/upload",
                BodyPublishers.ofString(body),
                Map.of("Content-Type", "multipart/form-data; boundary=B"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(snow.desk().attachments(incident)).isEmpty();
    }

    @Test
    void theInstanceMayRefuseExtensionsAndTypesThatDoNotMatchWithAnyStatus() {
        snow.switches().attachmentRules().extensions("png", "pdf");
        snow.switches().attachmentRules().typeValidated(true);
        snow.switches().attachmentRules().refusal(415);

        assertThat(upload("/api/now/attachment", "a.exe", FILE).status()).isEqualTo(415);
        assertThat(upload("/api/now/attachment", "a.pdf", FILE).status()).isEqualTo(415);
        assertThat(upload("/api/now/attachment", "A.PNG", FILE).status()).isEqualTo(201);
    }

    @Test
    void aFileMayNotBeReadBeforeItsScanHasEnded() {
        snow.switches().attachmentRules().unscannedDownloads(false);
        String file = "/api/now/attachment/"
                + upload("/api/now/attachment", "a.png", FILE).field("sys_id") + "/file";

        assertThat(client.get(file).status()).isEqualTo(403);
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.get(file).http().body()).isEqualTo(FILE);
    }

    @Test
    void aBodyOfJsonAboveTenMegabytesIsRefused() {
        Map<String, String> large = Map.of("description", "x".repeat(11_000_000));

        assertThat(client.patch("/api/now/table/incident/" + incident, large).status())
                .isEqualTo(400);
    }

    @Test
    void aFileCanBeRenamedAndDeleted() {
        String one = "/api/now/attachment/"
                + upload("/api/now/attachment", "a.png", FILE).field("sys_id");

        assertThat(client.patch(one, Map.of("file_name", "b.png")).status()).isEqualTo(204);
        assertThat(client.get(one).field("file_name")).isEqualTo("b.png");
        assertThat(client.send("DELETE", one, BodyPublishers.noBody(), Map.of()).status())
                .isEqualTo(204);
        assertThat(client.get(one).status()).isEqualTo(404);
    }
}
