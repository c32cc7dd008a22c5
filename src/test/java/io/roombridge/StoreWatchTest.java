package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.correlation.Database;
import io.roombridge.correlation.StoreLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWatchTest {

    private static final Instant BACKUP = Instant.parse("2026-06-01T02:00:00Z");
    private static final Instant LATER = Instant.parse("2026-06-01T15:30:00Z");

    @TempDir
    Path directory;

    @Test
    void aBridgeStartsAgainOnItsOwnStore() {
        run(BACKUP);

        run(LATER);
        run(BACKUP);
    }

    @Test
    void aBridgeDoesNotStartOnARestoredBackupUntilItIsRebuilt() throws IOException {
        run(BACKUP);
        Path backup = copy(directory.resolve("store.mv.db"), directory.resolve("backup"));
        run(LATER);
        copy(backup, directory.resolve("store.mv.db"));

        assertThatThrownBy(() -> run(LATER))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("was last used at " + BACKUP)
                .hasMessageContaining("until " + LATER)
                .hasMessageContaining("run rebuild");

        onStore(life -> life.rebuilt(LATER.plusSeconds(60), BACKUP));
        run(LATER.plusSeconds(120));
    }

    @Test
    void aBridgeDoesNotStartOnAnEmptyStoreWhereOneIsLost() throws IOException {
        run(BACKUP);
        Files.delete(directory.resolve("store.mv.db"));

        assertThatThrownBy(() -> run(LATER)).hasMessageContaining("the store is new");
        Files.delete(directory.resolve("store.lived"));
        run(LATER);
    }

    @Test
    void aCrashBeforeTheFileWasWrittenIsNoBackup() {
        run(BACKUP);
        onStore(life -> life.lives(LATER));

        run(LATER);
    }

    @Test
    void aNodeWhoseClockIsBehindTakesNothingBack() {
        onStore(life -> {
            life.lives(LATER);
            assertThat(life.lives(BACKUP)).isEqualTo(LATER);
        });
    }

    /** One life of a bridge, at one instant. */
    private void run(Instant at) {
        onStore(life -> StoreWatch.begin(directory, life, () -> at).close());
    }

    private void onStore(Consumer<StoreLife> use) {
        try (Database database = Database.open(Database.fileIn(directory), "sa", "")) {
            use.accept(new StoreLife(Jdbi.create(database.dataSource())));
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        return Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
