package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.Inbox;
import io.roombridge.correlation.Inbox.Posted;
import io.roombridge.route.HubProgress;
import io.roombridge.route.InboxProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits in the inbox is not known yet: no ticket of its tenant is closed, and no recovery counts, before it is finished. */
class HooksWiringTest {

    private static final Map<String, OptionalLong> HUB = Map.of("0", OptionalLong.of(7));

    @TempDir
    Path directory;

    private Database database;
    private Inbox inbox;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:h2:mem:wiring;DB_CLOSE_DELAY=0", "sa", "");
        inbox = new Inbox(Jdbi.create(database.dataSource()), 100);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void forATenantThatASourceSpeaksOfTheInboxIsOnePartitionMore() throws IOException {
        HubProgress progress = HooksWiring.progress(settings(), () -> HUB, inbox);

        assertThat(progress.checkpoints("contoso")).containsEntry("inbox", OptionalLong.of(0));
        assertThat(progress.checkpoints("fabrikam")).isEqualTo(HUB);
        assertThat(progress.checkpoints()).isEqualTo(HUB);
        assertThat(HooksWiring.progress(settings(), Map::of, inbox).checkpoints("contoso"))
                .as("a hub that is not known is not replaced")
                .isEmpty();
    }

    @Test
    void itsCheckpointIsWhatLiesBelowTheOldestEventThatWaits() throws IOException {
        HubProgress progress = HooksWiring.progress(settings(), () -> HUB, inbox);
        post(3);
        assertThat(progress.checkpoints("contoso")).containsEntry("inbox", OptionalLong.of(0));

        inbox.finished(2);
        assertThat(progress.checkpoints("contoso")).containsEntry("inbox", OptionalLong.of(2));
        inbox.finished(3);
        assertThat(progress.checkpoints("contoso")).containsEntry("inbox", OptionalLong.of(3));
    }

    @Test
    void theInboxIsCaughtUpWhenWhatItHeldIsFinished() {
        post(2);
        InboxProgress progress = new InboxProgress(inbox);
        assertThat(progress.finishedWhatItHeld()).isFalse();

        inbox.finished(2);
        post(1);

        assertThat(progress.finishedWhatItHeld())
                .as("what came later is not asked for")
                .isTrue();
        assertThat(progress.finishedWhatItHeld()).isFalse();
    }

    private void post(int events) {
        for (int i = 0; i < events; i++) {
            inbox.put("relay", List.of(new Posted(Optional.empty(), "{}")), Instant.EPOCH);
        }
    }

    private Settings settings() throws IOException {
        Path file = SmallestSettings.in(directory);
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "",
                        "roombridge.hooks.port=0",
                        "roombridge.hooks.sources.relay.token=0123456789abcdef0123456789abcdef",
                        "roombridge.hooks.sources.relay.tenants=contoso",
                        "roombridge.hooks.sources.teams.token=fedcba9876543210fedcba9876543210",
                        "roombridge.hooks.sources.teams.takes=teams-alerts"),
                StandardOpenOption.APPEND);
        return SettingsFile.read(file, Map.of(), Map.of());
    }
}
