package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a command finds its settings. */
final class SettingsOptions {

    private static final Path DEFAULT = Path.of("config", "roombridge.properties");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file (default: config/roombridge.properties below ROOMBRIDGE_HOME or here).")
    private Path file;

    Settings read() {
        return SettingsFile.read(file(), System.getenv(), Map.of());
    }

    Path file() {
        return file == null ? Home.resolve(DEFAULT) : file;
    }
}
