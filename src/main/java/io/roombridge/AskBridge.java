package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.Management;
import io.roombridge.ops.RunningBridge;
import io.roombridge.ops.StoreEndpoints;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** Answers one command: by the bridge that runs on the same data directory, or from the store where none runs. */
final class AskBridge {

    /** H2's number for a file that another process has open. */
    private static final int IN_USE = 90_020;

    private AskBridge() {}

    static <T> T with(Settings settings, Function<Management, T> question) {
        Optional<RunningBridge> running = RunningBridge.find(settings.dataDir());
        return running.isPresent() ? question.apply(running.get()) : askStore(settings, question);
    }

    private static <T> T askStore(Settings settings, Function<Management, T> question) {
        TlsWiring.apply(settings);
        try (Database database = OpenStore.of(settings, Duration.ZERO)) {
            return question.apply(
                    new Endpoints(StoreEndpoints.of(Jdbi.create(database.dataSource()), Clock.systemUTC())));
        } catch (RuntimeException e) {
            throw inUse(e)
                    ? new IllegalStateException(
                            "a bridge is using the store below " + settings.dataDir()
                                    + " and offers no management API (roombridge.management.port): switch it on, or stop the bridge",
                            e)
                    : e;
        }
    }

    private static boolean inUse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == IN_USE) {
                return true;
            }
        }
        return false;
    }
}
