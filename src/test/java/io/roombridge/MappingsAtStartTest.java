package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.mapping.BadMappings;
import io.roombridge.mapping.LastMappings;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart changes nothing that a reload would not have changed. */
class MappingsAtStartTest {

    @TempDir
    private Path directory;

    private Path folder;
    private Settings settings;

    @BeforeEach
    void anInstallation() throws IOException {
        folder = Files.createDirectory(directory.resolve("mappings"));
        settings = SettingsFile.read(
                SmallestSettings.in(directory), Map.of(), Map.of("roombridge.mappings.folder", folder.toString()));
    }

    @Test
    void aStartGoesOnWithWhatWasInForceWhateverLiesInTheFolder() throws IOException {
        write("note-relapse.jslt", "\"Again.\"");
        MappingVersion first = MappingWiring.start(settings);

        write("note-relapse.jslt", "\"Once more.\"");

        assertThat(MappingWiring.start(settings).name())
                .as("the folder is looked at as by a reload, after this")
                .isEqualTo(first.name());
    }

    @Test
    void theFirstStartTakesWhatItFinds() throws IOException {
        write("note-relapse.jslt", "\"Again.\"");
        write("own.test.yaml", "mapping: note-relapse\ntests: [{ name: fails, expect: { note: Something else } }]\n");

        assertThat(MappingWiring.start(settings).name())
                .isEqualTo(MappingDirectory.read(folder).version());
    }

    @Test
    void filesThatCannotBeUsedStopEveryStart() throws IOException {
        MappingWiring.start(settings);
        write("note-relapse.jslt", "\"Again.");
        assertThatThrownBy(() -> MappingWiring.start(settings)).isInstanceOf(BadMappings.class);
    }

    @Test
    void whatIsKeptIsTheSameFilesToTheByte() throws IOException {
        write("note-relapse.jslt", "\"Zurück.\"");
        Files.createDirectories(folder.resolve("tenants/contoso"));
        write("tenants/contoso/note-relapse.jslt", "\"Contoso.\"");
        MappingDirectory files = MappingDirectory.read(folder);
        LastMappings last = new LastMappings(directory);
        last.keep(files);
        assertThat(last.read().orElseThrow().version()).isEqualTo(files.version());
        assertThat(new LastMappings(folder).read()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
