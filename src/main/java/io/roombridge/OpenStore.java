package io.roombridge;

import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** The store for one command. With the H2 file of the default settings this needs the bridge to be stopped. */
final class OpenStore {

    private OpenStore() {}

    static <T> T read(Settings settings, Function<Jdbi, T> question) {
        TlsWiring.apply(settings);
        Settings.Store store = settings.store();
        String password = Secrets.read("roombridge.store.password", store.password(), store.passwordFile())
                .map(Secret::reveal)
                .orElse("");
        try (Database database = Database.open(
                store.url().orElseGet(() -> Database.fileIn(settings.dataDir())), store.user(), password)) {
            return question.apply(Jdbi.create(database.dataSource()));
        }
    }
}
