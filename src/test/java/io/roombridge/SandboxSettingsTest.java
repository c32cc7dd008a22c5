package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.config.Settings;
import io.roombridge.config.Settings.Mode;
import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.Sandbox;
import io.roombridge.sandbox.SandboxClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge beside the sandbox needs no settings but those that the sandbox writes (docs/sandbox.md, "Rehearse going live"). */
class SandboxSettingsTest {

    @Test
    void aBridgeOutsideBeginsInShadowMode(@TempDir Path directory) throws Exception {
        SandboxClock clock = SandboxClock.standingStill(Instant.parse("2026-06-01T07:00:00Z"));
        try (Sandbox sandbox = Sandbox.start(directory, new Sandbox.Ports(0, 0, 0), clock, 1)) {
            Path file = new SandboxSettings(sandbox, directory, 0).outside();

            Settings settings = SettingsFile.read(file, Map.of(), Map.of());

            assertThat(settings.mode()).contains(Mode.SHADOW);
            assertThat(settings.hub().connectionString())
                    .contains(sandbox.hubs().connectionString(Sandbox.EVENTS));
            assertThat(settings.instances()).containsOnlyKeys("sandbox");
        }
    }
}
