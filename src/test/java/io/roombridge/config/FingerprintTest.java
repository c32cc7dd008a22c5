package io.roombridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final Map<String, String> LEAST = Map.of(
            "roombridge.mode", "live",
            "roombridge.hub.connection-string", "Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=b",
            "roombridge.instances.main.url", "https://example.service-now.com",
            "roombridge.instances.main.auth", "basic",
            "roombridge.instances.main.user", "roombridge",
            "roombridge.instances.main.password", "s3cret");

    private static String with(String key, String value) {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put(key, value);
        return Fingerprint.of(SettingsFile.read(Path.of("no-file"), Map.of(), given));
    }

    @Test
    void equalSettingsHaveTheSameNameAndOthersAnother() {
        String known = with("roombridge.mode", "live");

        assertThat(with("roombridge.mode", "live")).isEqualTo(known).hasSize(12);
        assertThat(with("roombridge.closing.mode", "preview")).isNotEqualTo(known);
        assertThat(with("roombridge.instances.main.workers", "3")).isNotEqualTo(known);
    }

    @Test
    void aSecretIsNoPartOfIt() {
        assertThat(with("roombridge.instances.main.password", "other")).isEqualTo(with("roombridge.mode", "live"));
    }

    @Test
    void eachSettingHasAHashAndNoValueStandsInIt() {
        Map<String, String> given = new HashMap<>(LEAST);
        given.put("roombridge.closing.mode", "preview");

        Map<String, String> known = Fingerprint.ofEach(SettingsFile.read(Path.of("no-file"), Map.of(), LEAST));
        Map<String, String> changed = Fingerprint.ofEach(SettingsFile.read(Path.of("no-file"), Map.of(), given));

        assertThat(changed.keySet().stream().filter(key -> !changed.get(key).equals(known.get(key))))
                .containsExactly("roombridge.closing.mode");
        assertThat(changed.values()).allMatch(hash -> hash.matches("[0-9a-f]{12}"));
    }
}
