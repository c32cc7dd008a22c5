package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.sandbox.servicenow.Attachment;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Setup;
import io.roombridge.sandbox.servicenow.Switches;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of incidents against an instance with semantics: what was sent is there, whole, and nothing else. */
class IncidentFilesTest {

    private static DefaultCamelContext camel;

    private final TestClock clock = new TestClock();
    private final EmbeddedServiceNow instance =
            EmbeddedServiceNow.start(Setup.defaults().withClock(clock));
    private final ServiceNowGateway gateway =
            new ServiceNowGateway(camel, InstanceSettings.of("test", instance.url(), basic()), clock, () -> 0);
    private final IncidentFiles files = gateway.files();

    @TempDir
    private Path folder;

    private String incident;
    private Path photo;
    private String photoHash;

    @BeforeAll
    static void startCamel() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stopCamel() {
        camel.stop();
    }

    @BeforeEach
    void prepare() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        photo = Files.write(folder.resolve("photo"), bytes);
        photoHash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        incident = gateway.create(Map.of("short_description", "Camera")).sysId();
    }

    @AfterEach
    void close() {
        gateway.close();
        instance.close();
    }

    private Credentials basic() {
        var user = instance.accounts().integration();
        return new Credentials.Basic(user.name(), user.password());
    }

    @Test
    void whatGoesUpComesDownAgain() throws IOException {
        FileRecord made = files.upload(incident, "photo.png", "image/png", photo);
        Path down = folder.resolve("down");
        Received received = files.download(made.sysId(), down, 300_000);

        assertThat(made.hash()).isEqualTo(photoHash);
        assertThat(made.size()).isEqualTo(300_000);
        assertThat(made.state()).isEqualTo(FileRecord.State.PENDING);
        assertThat(received).isEqualTo(new Received(300_000, photoHash));
        assertThat(down).hasSameBinaryContentAs(photo);
        clock.advance(Duration.ofSeconds(1));
        assertThat(files.find(made.sysId()).orElseThrow().state()).isEqualTo(FileRecord.State.AVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan %41 + 100 %.png",
                "a&table_sys_id=0.png",
                "r\u00E4um \uD83D\uDE00 {x}.png",
                "\u05D0\u05D1\u05D2.png",
                "a#b;c?.png"
            })
    void aNameArrivesAsItIs(String name) {
        files.upload(incident, name, "image/png", photo);

        assertThat(instance.desk().attachments(incident))
                .extracting(Attachment::fileName)
                .containsExactly(name);
    }

    @Test
    void onlyFilesOfTheIncidentsAskedForAreListedFromThatTimeOn() {
        files.upload(incident, "old.png", "image/png", photo);
        clock.advance(Duration.ofMinutes(10));
        Instant from = clock.instant();
        FileRecord newer = files.upload(incident, "new.png", "no type at all", photo);
        String other = gateway.create(Map.of("short_description", "Other")).sysId();
        files.upload(other, "other.png", "image/png", photo);

        List<FileRecord> found = files.list(List.of(incident), from);

        assertThat(found).extracting(FileRecord::sysId).containsExactly(newer.sysId());
        assertThat(found.get(0).type()).isEqualTo("application/octet-stream");
        assertThat(found.get(0).createdOn()).contains(from);
    }

    @Test
    void anInstanceThatIgnoresTheConditionIsNotBelieved() {
        String other = gateway.create(Map.of("short_description", "Other")).sysId();
        files.upload(other, "other.png", "image/png", photo);
        Fault everything = Fault.answer(
                200,
                "application/json",
                "{\"result\":[{\"sys_id\":\"" + "0".repeat(32)
                        + "\",\"table_name\":\"ZZ_YYincident\",\"table_sys_id\":\"" + incident + "\"}]}");
        instance.faults().on(RequestMatcher.method("GET")).next(1, everything);

        ServiceNowFailure failure =
                catchThrowableOfType(ServiceNowFailure.class, () -> files.list(List.of(incident), clock.instant()));

        assertThat(failure.reason()).isEqualTo(Reason.REFUSED_BY_ACL);
    }

    @Test
    void aFileThatIsNotThereIsNoneAndCountsAsDeleted() {
        FileRecord made = files.upload(incident, "photo.png", "image/png", photo);
        files.delete(made.sysId());
        files.delete(made.sysId());

        assertThat(files.find(made.sysId())).isEmpty();
        assertThat(instance.desk().attachments(incident)).isEmpty();
    }

    @Test
    void anUploadWhoseAnswerNeverCameMayHaveBeenDone() {
        instance.faults().on(RequestMatcher.method("POST")).next(1, Fault.timeoutAfterCommit());

        ServiceNowFailure failure = catchThrowableOfType(
                ServiceNowFailure.class, () -> files.upload(incident, "photo.png", "image/png", photo));

        assertThat(failure.ambiguous()).isTrue();
        assertThat(instance.desk().attachments(incident)).hasSize(1);
    }

    @Test
    void aRefusedFileIsRefusedForGoodWhateverTheStatus() {
        instance.switches().attachmentRules().extensions("pdf");
        for (int status : new int[] {400, 403, 413, 415}) {
            instance.switches().attachmentRules().refusal(status);

            ServiceNowFailure failure = catchThrowableOfType(
                    ServiceNowFailure.class, () -> files.upload(incident, "photo.png", "image/png", photo));

            assertThat(failure.permanent()).as("status %d", status).isTrue();
        }
    }

    @Test
    void anInfectedFileIsRefusedForGood() {
        instance.switches().attachmentScan(Switches.AttachmentScan.INFECTED);
        FileRecord made = files.upload(incident, "photo.png", "image/png", photo);
        clock.advance(Duration.ofSeconds(1));

        ServiceNowFailure failure = catchThrowableOfType(
                ServiceNowFailure.class, () -> files.download(made.sysId(), folder.resolve("down"), 300_000));

        assertThat(failure.permanent()).isTrue();
        assertThat(files.find(made.sysId()).orElseThrow().state()).isEqualTo(FileRecord.State.NOT_AVAILABLE);
    }

    @Test
    void moreThanWasAllowedIsNotTaken() {
        FileRecord made = files.upload(incident, "photo.png", "image/png", photo);

        ServiceNowFailure failure = catchThrowableOfType(
                ServiceNowFailure.class, () -> files.download(made.sysId(), folder.resolve("down"), 299_999));

        assertThat(failure.reason()).isEqualTo(Reason.FILE_REFUSED);
        assertThat(failure.permanent()).isTrue();
    }

    @Test
    void aPageInAFilesPlaceIsNoFile() {
        FileRecord made = files.upload(incident, "photo.png", "image/png", photo);
        instance.faults().on(RequestMatcher.method("GET")).next(1, Fault.hibernating());

        ServiceNowFailure failure = catchThrowableOfType(
                ServiceNowFailure.class, () -> files.download(made.sysId(), folder.resolve("down"), 300_000));

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.scope()).contains(Scope.INSTANCE);
    }

    @Test
    void twoSlowFilesDoNotKeepRecordsWaiting() {
        instance.faults().on(RequestMatcher.method("POST")).next(2, Fault.slow(Duration.ofSeconds(3)));
        CompletableFuture<?> slow = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> files.upload(incident, "a.png", "image/png", photo)),
                CompletableFuture.runAsync(() -> files.upload(incident, "b.png", "image/png", photo)));

        for (int i = 0; i < 10; i++) {
            gateway.read(incident);
        }

        assertThat(slow).isNotDone();
        slow.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void anUploadThatNobodyReadsIsGivenUpInTime() throws IOException {
        Path large = folder.resolve("large");
        Files.write(large, new byte[20_000_000]);
        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ServiceNowGateway towardsDeaf =
                        new ServiceNowGateway(camel, impatient(deaf.getLocalPort()), clock, () -> 0)) {
            CompletableFuture<ServiceNowFailure> upload = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    ServiceNowFailure.class,
                    () -> towardsDeaf.files().upload("0".repeat(32), "a.png", "image/png", large)));

            assertThat(upload.orTimeout(30, TimeUnit.SECONDS).join().ambiguous())
                    .isTrue();
        }
    }

    private InstanceSettings impatient(int port) {
        InstanceSettings usual = InstanceSettings.of("deaf", URI.create("http://127.0.0.1:" + port), basic());
        return new InstanceSettings(
                usual.name(),
                usual.baseUrl(),
                usual.credentials(),
                usual.connectTimeout(),
                usual.recordsTimeout(),
                Duration.ofSeconds(2),
                usual.workers(),
                usual.proxy(),
                usual.caFile(),
                usual.hourlyBudget(),
                false);
    }
}
