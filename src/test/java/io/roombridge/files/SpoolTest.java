package io.roombridge.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path folder;

    @Test
    void whatACrashLeftBehindIsDeletedOnStart() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("files"));
        Files.writeString(directory.resolve("content-7"), "half a film");

        Spool.open(directory, 100);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void thereIsRoomForSoMuchAtATimeAndForOneLargerContentAlone() {
        Spool spool = Spool.open(folder, 100);
        try (Spool.Place first = spool.reserve(60).orElseThrow()) {
            assertThat(spool.reserve(60)).isEmpty();
            spool.reserve(40).orElseThrow().close();
            assertThat(first.file().getParent()).isEqualTo(folder);
        }
        try (Spool.Place large = spool.reserve(500).orElseThrow()) {
            assertThat(large.file()).doesNotExist();
            assertThat(spool.reserve(1)).isEmpty();
        }
        assertThat(spool.reserve(100)).isPresent();
    }

    @Test
    void aContentIsGoneWhenItsPlaceIsGivenBack() throws IOException {
        Spool spool = Spool.open(folder, 100);
        try (Spool.Place place = spool.reserve(5).orElseThrow()) {
            Files.writeString(place.file(), "hello");
        }

        assertThat(folder).isEmptyDirectory();
    }
}
