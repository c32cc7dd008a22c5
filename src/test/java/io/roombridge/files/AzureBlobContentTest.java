package io.roombridge.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.roombridge.eventhubs.Azurite;
import io.roombridge.files.ContentFailure.Kind;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Blob container with a SAS serves as it is, for reading and for writing; proven against Microsoft's emulator. */
class AzureBlobContentTest {

    private static final ContentHosts EMULATOR = new ContentHosts(List.of("127.0.0.1"), false, true);

    private static Azurite azurite;
    private static BlobContainerClient container;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startAzurite() throws Exception {
        azurite = Azurite.start();
        container = new BlobServiceClientBuilder()
                .connectionString(azurite.connectionString())
                .buildClient()
                .createBlobContainer("contents");
    }

    @AfterAll
    static void stopAzurite() {
        if (azurite != null) {
            azurite.close();
        }
    }

    private static String sas(String permissions, OffsetDateTime expiry) {
        return container.generateSas(
                new BlobServiceSasSignatureValues(expiry, BlobContainerSasPermission.parse(permissions)));
    }

    private static PortalContent content(String sas) {
        ContentEndpoint endpoint =
                new ContentEndpoint(URI.create(container.getBlobContainerUrl() + "?" + sas), Optional.empty());
        return new PortalContent(EMULATOR, Optional.of(endpoint), Duration.ofSeconds(30));
    }

    @Test
    void aContentIsPutAndFetchedWithSasUrlsAndPuttingItAgainReplacesIt() throws Exception {
        Path photo = Files.write(folder.resolve("photo"), new byte[5_000_000]);
        Path down = folder.resolve("down");
        try (PortalContent content = content(sas("cw", OffsetDateTime.now().plusHours(1)))) {
            URI told = content.put("contoso/rb-file-1/r\u00E4um 1.png", "image/png", photo);
            content.put("contoso/rb-file-1/r\u00E4um 1.png", "image/png", photo);

            String read = sas("r", OffsetDateTime.now().plusHours(1));
            Fetched fetched = content.fetch(URI.create(told + "?" + read), down, 5_000_000);

            assertThat(told.getRawQuery()).isNull();
            assertThat(fetched.size()).isEqualTo(5_000_000);
            assertThat(down).hasSameBinaryContentAs(photo);
            assertThat(container
                            .getBlobClient("contoso/rb-file-1/r\u00E4um 1.png")
                            .getProperties()
                            .getContentType())
                    .isEqualTo("image/png");
        }
    }

    @Test
    void anExpiredSasUrlIsExpired() throws Exception {
        Path photo = Files.write(folder.resolve("photo"), new byte[10]);
        try (PortalContent content = content(sas("cw", OffsetDateTime.now().plusHours(1)))) {
            URI told = content.put("old.png", "image/png", photo);
            String expired = sas("r", OffsetDateTime.now().minusMinutes(1));

            ContentFailure failure = catchThrowableOfType(
                    ContentFailure.class,
                    () -> content.fetch(URI.create(told + "?" + expired), folder.resolve("down"), 10));

            assertThat(failure.kind()).isEqualTo(Kind.EXPIRED);
            assertThat(failure).hasMessageNotContaining("sig=");
        }
    }
}
