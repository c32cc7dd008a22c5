package io.roombridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No setting sends a secret in clear text to another machine, and none that does is shown. */
class EncryptionSettingsTest {

    private static final String KEY = "SharedAccessKeyName=n;SharedAccessKey=very-secret";
    private static final String HUB = "Endpoint=sb://example.servicebus.windows.net/;" + KEY;

    @TempDir
    private Path folder;

    @Test
    void theEmulatorFlagIsRefusedForAnotherHostInEachConnectionString() throws IOException {
        String remote = "Endpoint=sb://hub.example.com;" + KEY + ";UseDevelopmentEmulator=true";
        Path file = Files.writeString(folder.resolve("hub"), remote);

        assertThat(faults("roombridge.hub.connection-string", remote))
                .singleElement()
                .asString()
                .contains("connection-string", "UseDevelopmentEmulator")
                .doesNotContain("very-secret");
        assertThat(faults("roombridge.hub.commands-connection-string", remote)).hasSize(1);
        assertThat(faults("roombridge.hub.commands-connection-string-file", file.toString()))
                .hasSize(1);
        assertThat(faults(
                        "roombridge.hub.connection-string",
                        "Endpoint=sb://localhost:5672;" + KEY + ";UseDevelopmentEmulator=true"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=very-secret",
                "BlobEndpoint=http://blob.example.com/a;AccountName=a;AccountKey=very-secret",
                "DefaultEndpointsProtocol=http;BlobEndpoint=http://blob.example.com/a;AccountKey=very-secret"
            })
    void blobCheckpointsTravelEncrypted(String connectionString) {
        Map<String, String> given = new HashMap<>(Map.of("roombridge.hub.checkpoints.store", "blob"));
        given.put("roombridge.hub.checkpoints.blob-connection-string", connectionString);

        assertThat(faults(given)).singleElement().asString().contains("http").doesNotContain("very-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca"})
    void aDatabaseOnAnotherMachineIsAlwaysVerified(String mode) {
        String url = "jdbc:postgresql://db-1.example.com:5432,127.0.0.1/roombridge?sslmode=" + mode;

        assertThat(faults("roombridge.store.url", url))
                .singleElement()
                .asString()
                .contains("verify-full");
        assertThat(faults("roombridge.store.url", url.replace("db-1.example.com", "localhost")))
                .isEmpty();
    }

    @Test
    void whereTheAddressSaysNothingTheDriverIsToldToVerify() {
        assertThat(new StoreAddress("jdbc:postgresql://db.example.com/roombridge").driverProperties())
                .containsEntry("sslmode", "verify-full")
                .containsKey("sslfactory");
        assertThat(new StoreAddress("jdbc:postgresql://db.example.com/roombridge?sslrootcert=/ca.pem")
                        .driverProperties())
                .containsEntry("sslmode", "verify-full")
                .doesNotContainKey("sslfactory");
        assertThat(new StoreAddress("jdbc:postgresql://[::1]:5432/roombridge").driverProperties())
                .isEmpty();
        assertThat(new StoreAddress("jdbc:postgresql:roombridge").driverProperties())
                .isEmpty();
        assertThat(new StoreAddress("jdbc:h2:mem:x").driverProperties()).isEmpty();
    }

    @Test
    void aPasswordInTheAddressOfTheDatabaseIsRefusedAndNotShown() {
        assertThat(faults("roombridge.store.url", "jdbc:postgresql://localhost/x?user=u&password=very-secret"))
                .singleElement()
                .asString()
                .contains("roombridge.store.password-file")
                .doesNotContain("very-secret");
    }

    @Test
    void aCaFileThatIsNotThereIsToldOf() {
        assertThat(faults("roombridge.tls.ca-file", folder.resolve("none.pem").toString()))
                .singleElement()
                .asString()
                .contains("roombridge.tls.ca-file", "cannot be read");
    }

    private List<BadConfiguration.Fault> faults(String key, String value) {
        return faults(Map.of(key, value));
    }

    private List<BadConfiguration.Fault> faults(Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "roombridge.mode", "live",
                "roombridge.hub.connection-string", HUB,
                "roombridge.instances.main.url", "https://example.service-now.com",
                "roombridge.instances.main.auth", "basic",
                "roombridge.instances.main.user", "roombridge",
                "roombridge.instances.main.password", "very-secret"));
        given.putAll(more);
        BadConfiguration bad = catchThrowableOfType(
                BadConfiguration.class, () -> SettingsFile.read(folder.resolve("none"), Map.of(), given));
        return bad == null ? List.of() : bad.faults();
    }
}
