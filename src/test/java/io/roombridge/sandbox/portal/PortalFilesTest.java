package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.sandbox.portal.CommandRecord.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files of the portal: the content server as a client sees it, and the commands that are about files. */
final class PortalFilesTest extends OnPortalBench {

    private static final byte[] PICTURE = bytes(200_000);
    private static final String NAME = "Projektor \ud83d\udcfd kaputt.jpg";

    @Test
    void aFileOfACustomerIsToldWithItsHashAndCanBeFetched() throws Exception {
        String id = addPicture();

        var event = bench.last("ticket.attachment-added", ticket);
        assertThat(event.at("/data/attachmentId").asText()).isEqualTo(id);
        assertThat(event.at("/data/fileName").asText()).isEqualTo(NAME);
        assertThat(event.at("/data/sha256").asText()).isEqualTo(sha256(PICTURE));
        assertThat(event.at("/data/size").asInt()).isEqualTo(PICTURE.length);
        assertThat(bench.get(bench.downloadUrl(event)).body()).isEqualTo(PICTURE);
        assertThat(portal.conversation(ticket).files()).singleElement().satisfies(file -> {
            assertThat(file.author().name()).isEqualTo("Ana Sousa");
            assertThat(Files.readAllBytes(file.content().orElseThrow())).isEqualTo(PICTURE);
        });
    }

    @Test
    void anAddressIsWorthlessWithoutItsSignatureAndAfterItsTime() throws Exception {
        addPicture();
        URI address = url();
        assertThat(bench.get(URI.create(address.toString().split("\\?")[0])).statusCode())
                .isEqualTo(403);
        assertThat(bench.get(URI.create(address.toString().replaceAll("se=\\d+", "se=99999999999")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(bench.get(address).statusCode()).isEqualTo(200);

        bench.clock.advanceBy(Duration.ofHours(4));
        assertThat(bench.get(address).statusCode()).isEqualTo(403);
    }

    @Test
    void aFreshAddressIsGivenOnDemand() throws Exception {
        String id = addPicture();
        URI stale = url();
        portal.content().expireUrls();
        assertThat(bench.get(stale).statusCode()).isEqualTo(403);
        bench.command("rb-1", ticket, new Request.AttachmentUrl(id));
        bench.command("rb-2", ticket, new Request.AttachmentUrl("nobody's"));

        assertThat(bench.outcomes())
                .extracting(CommandRecord::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.REFUSED);
        assertThat(bench.causedBy("rb-1")).singleElement().satisfies(event -> {
            assertThat(event.at("/data/attachmentId").asText()).isEqualTo(id);
            assertThat(bench.get(bench.downloadUrl(event)).body()).isEqualTo(PICTURE);
        });
        assertThat(portal.conversation(ticket).files()).hasSize(1);
    }

    @Test
    void aFileOfTheBridgeIsKeptWithTheBytesThatWerePut() throws Exception {
        URI address = bench.put(ticket, "rb-1", PICTURE);
        bench.command("rb-1", ticket, add(address, PICTURE.length, sha256(PICTURE)));

        assertThat(bench.outcomes()).extracting(CommandRecord::outcome).containsExactly(Outcome.APPLIED);
        assertThat(portal.conversation(ticket).files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo(NAME);
            assertThat(file.commandId()).contains("rb-1");
            assertThat(file.author().type()).isEqualTo("bridge");
            assertThat(Files.readAllBytes(file.content().orElseThrow())).isEqualTo(PICTURE);
        });
        assertThat(bench.get(url()).body()).isEqualTo(PICTURE);
    }

    @Test
    void anotherContentThanAnnouncedIsRefused() throws Exception {
        URI address = bench.put(ticket, "rb-1", PICTURE);
        bench.command("rb-1", ticket, add(address, PICTURE.length, sha256(new byte[] {1})));
        bench.command("rb-2", ticket, add(address, 1, sha256(PICTURE)));
        bench.command("rb-3", ticket, add(URI.create(address + "-never-put"), 1, sha256(PICTURE)));
        bench.command("rb-4", ticket, add(URI.create("http://192.0.2.1/x"), 1, sha256(PICTURE)));

        assertThat(bench.outcomes())
                .extracting(CommandRecord::outcome)
                .hasSize(4)
                .containsOnly(Outcome.REFUSED);
        assertThat(portal.commands())
                .extracting(CommandRecord::reason)
                .satisfiesExactly(
                        hash -> assertThat(hash).contains("SHA-256"),
                        size -> assertThat(size).contains("announced were 1 bytes"),
                        absent -> assertThat(absent).contains("nothing was put"),
                        foreign -> assertThat(foreign).contains("this machine only"));
        assertThat(portal.conversation(ticket).files()).isEmpty();
    }

    @Test
    void contentInABlobStoreOfThisMachineIsFetched() throws Exception {
        HttpServer blobs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        blobs.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, PICTURE.length);
            exchange.getResponseBody().write(PICTURE);
            exchange.close();
        });
        blobs.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + blobs.getAddress().getPort() + "/blob?sig=abc");
            bench.command("rb-1", ticket, add(address, PICTURE.length, sha256(PICTURE)));
            assertThat(bench.outcomes()).extracting(CommandRecord::outcome).containsExactly(Outcome.APPLIED);
        } finally {
            blobs.stop(0);
        }
    }

    @Test
    void anUploadNeedsTheCredentialAndAProperPath() throws Exception {
        Optional<String> token = Optional.of(portal.content().token());
        String root = portal.content().url().toString();
        assertThat(bench.put(URI.create(root + "/t/k/1"), PICTURE, Optional.empty()))
                .isEqualTo(401);
        assertThat(bench.put(URI.create(root + "/t/k/1"), PICTURE, Optional.of("wrong")))
                .isEqualTo(401);
        assertThat(bench.put(URI.create(root + "/t/1"), PICTURE, token)).isEqualTo(400);
        assertThat(bench.put(URI.create(root + "/t//1"), PICTURE, token)).isEqualTo(400);
        assertThat(bench.put(URI.create(root + "/t/k/%C3%A4+b%20c"), PICTURE, token))
                .isEqualTo(201);

        portal.content().faults().refuseUploads(503);
        assertThat(bench.put(URI.create(root + "/t/k/1"), PICTURE, token)).isEqualTo(503);
    }

    @Test
    void aFileThatIsTooLargeLeavesNothing() throws Exception {
        portal.content().largestFile(PICTURE.length - 1);
        URI address = URI.create(portal.content().url() + "/t/k/1");

        assertThat(bench.put(address, PICTURE, Optional.of(portal.content().token())))
                .isEqualTo(413);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void theSwitchesSpoilDownloads() throws Exception {
        addPicture();
        ContentFaults faults = portal.content().faults();

        faults.wrongBytes();
        HttpResponse<byte[]> wrong = bench.get(url());
        assertThat(wrong.body()).hasSameSizeAs(PICTURE).isNotEqualTo(PICTURE);
        faults.clear();

        faults.redirectTo(URI.create("http://192.0.2.1/elsewhere"));
        assertThat(bench.get(url()).headers().firstValue("Location")).contains("http://192.0.2.1/elsewhere");
        faults.clear();

        faults.cutAfter(PICTURE.length / 2);
        assertThatThrownBy(() -> bench.get(url())).isInstanceOf(IOException.class);
        faults.clear();

        assertThat(bench.get(url()).body()).isEqualTo(PICTURE);
    }

    @Test
    void aSlowDownloadIsUnderWayUntilTheSwitchIsCleared() throws Exception {
        addPicture();
        portal.content().faults().slow(100);
        URI address = url();
        CompletableFuture<byte[]> body = CompletableFuture.supplyAsync(() -> {
            try {
                return bench.get(address).body();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        // At this speed it takes half an hour; it cannot be done yet however slow this machine is.
        assertThat(body).isNotDone();
        portal.content().faults().clear();

        assertThat(body.get()).isEqualTo(PICTURE);
    }

    private String addPicture() throws IOException {
        return portal.addFile(
                ticket, Author.customer("Ana Sousa"), NAME, "image/jpeg", new ByteArrayInputStream(PICTURE));
    }

    private URI url() {
        return bench.downloadUrl(bench.last("ticket.attachment-added", ticket));
    }

    private static Request add(URI address, long size, String sha256) {
        return new Request.AttachmentAdd(NAME, "image/jpeg", size, sha256, address.toString());
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
