package io.roombridge;

import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import java.time.Duration;

/** The store that the settings name. */
final class OpenStore {

    private OpenStore() {}

    /**
     * Opens the store.
     *
     * @param patience how long a database that does not answer is waited for
     * @throws CannotStart when it cannot be opened
     */
    static Database of(Settings settings, Duration patience) {
        Settings.Store store = settings.store();
        String address = store.url().orElseGet(() -> Database.fileIn(settings.dataDir()));
        String password = Secrets.read("roombridge.store.password", store.password(), store.passwordFile())
                .map(Secret::reveal)
                .orElse("");
        try {
            return Database.open(address, store.user(), password, patience);
        } catch (RuntimeException e) {
            throw new CannotStart(
                    "the store " + shown(address) + " cannot be opened as user " + store.user() + " (waited "
                            + patience.toSeconds() + " s): " + innermost(e).getMessage()
                            + "; check that the database runs and takes this user, and roombridge.store.url, .user and"
                            + " .password; a file is held by another bridge or command while that runs",
                    e);
        }
    }

    /** Without what may follow the address: there a password could stand. */
    private static String shown(String address) {
        return address.split("[?;]", 2)[0];
    }

    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }
}
