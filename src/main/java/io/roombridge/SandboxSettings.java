package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What an administrator would write into the settings, for the endpoints of a sandbox. */
final class SandboxSettings {

    private static final String PORT = "roombridge.management.port";

    private static final String HEAD = """
            # The bridge of the sandbox that wrote this file, or one of your own beside it (docs/sandbox.md, "Rehearse going live").
            # In mode shadow it decides and records everything and writes nothing; live writes.
            """;

    private final Sandbox sandbox;
    private final Path dataDir;
    private final int managementPort;

    /** @param managementPort of the bridge; 0 = any free port, and for a bridge outside the usual one */
    SandboxSettings(Sandbox sandbox, Path dataDir, int managementPort) {
        this.sandbox = sandbox;
        this.dataDir = dataDir;
        this.managementPort = managementPort;
    }

    /**
     * For the bridge inside the sandbox.
     *
     * @param play what is played, or null
     */
    Settings inside(String play) throws IOException {
        // At the instants to which the clock jumps, who plays keeps what is due.
        boolean jumps = SandboxCommand.CAMPUS_DAY.equals(play) || SandboxCommand.CAMPUS_MONTH.equals(play);
        Map<String, String> given = endpoints(SandboxCommand.CAMPUS_MONTH.equals(play) ? "shadow" : "live");
        given.put(PORT, Integer.toString(managementPort));
        given.put("roombridge.hub.load-balancing-interval", "PT1S");
        given.put("roombridge.hub.ownership-expiry", "PT10S");
        given.put("roombridge.hub.drain", "PT5S");
        given.put("roombridge.files.interval", "PT1S");
        given.put("roombridge.recovery.sweep", jumps ? "PT1H" : "PT1S");
        if (!jumps) {
            given.put("roombridge.poll.interval", "PT1S");
        }
        return SettingsFile.read(write(given), Map.of(), Map.of());
    }

    /** Writes them for a bridge outside, which begins in shadow mode, and returns where. */
    Path outside() throws IOException {
        Map<String, String> given = endpoints("shadow");
        if (managementPort != 0) {
            given.put(PORT, Integer.toString(managementPort));
        }
        return write(given);
    }

    /** Commands are tried with this file. Its passwords open nothing but the sandbox. */
    private Path write(Map<String, String> given) throws IOException {
        String lines = given.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
        return Files.writeString(dataDir.resolve("roombridge.properties"), HEAD + lines);
    }

    private Map<String, String> endpoints(String mode) {
        var account = sandbox.serviceNow().accounts().integration();
        var content = sandbox.portal().content();
        Map<String, String> given = new LinkedHashMap<>();
        given.put("roombridge.mode", mode);
        given.put("roombridge.data-dir", dataDir.resolve("bridge").toString());
        given.put("roombridge.hub.connection-string", sandbox.hubs().connectionString(Sandbox.EVENTS));
        given.put("roombridge.instances.sandbox.url", sandbox.serviceNow().url().toString());
        given.put("roombridge.instances.sandbox.auth", "basic");
        given.put("roombridge.instances.sandbox.user", account.name());
        given.put("roombridge.instances.sandbox.password", account.password());
        given.put("roombridge.files.content-url", content.url().toString());
        given.put("roombridge.files.content-token", content.token());
        given.put("roombridge.files.allow-loopback", "true");
        return given;
    }
}
