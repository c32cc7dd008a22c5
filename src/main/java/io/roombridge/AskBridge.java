package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.Management;
import io.roombridge.ops.RunningBridge;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** Answers one command: by the bridge that runs on the same data directory, or from the store where none runs. */
final class AskBridge {

    private AskBridge() {}

    static <T> T with(Settings settings, Function<Management, T> question) {
        Optional<RunningBridge> running = RunningBridge.find(settings.dataDir());
        return running.isPresent() ? question.apply(running.get()) : askStore(settings, question);
    }

    private static <T> T askStore(Settings settings, Function<Management, T> question) {
        try (Database database = OpenStore.forCommand(settings)) {
            return question.apply(new Endpoints(
                    ClosingWiring.endpoints(settings, Jdbi.create(database.dataSource()), Clock.systemUTC())));
        }
    }
}
