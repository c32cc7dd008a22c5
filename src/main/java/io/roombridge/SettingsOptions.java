package io.roombridge;

import io.roombridge.config.BadConfiguration;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** @throws BadConfiguration when the file that was named is not there; the default one need not be */
    Settings read() {
        if (file != null && !Files.exists(file)) {
            throw new BadConfiguration(List.of(new BadConfiguration.Fault(
                    "--config", file.toString(), "there is no such file; name the settings file")));
        }
        return SettingsFile.read(file(), System.getenv(), Map.of());
    }

    Path file() {
        return file == null ? Home.resolve(DEFAULT) : file;
    }
}
