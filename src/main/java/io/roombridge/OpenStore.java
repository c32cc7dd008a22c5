package io.roombridge;

import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import java.sql.SQLException;
import java.time.Duration;

/** The store that the settings name. */
final class OpenStore {

    /** H2's number for a file that another process has open. */
    private static final int IN_USE = 90_020;

    private OpenStore() {}

    /** Another process has the file of the store open. */
    static final class InUse extends CannotStart {

        private static final long serialVersionUID = 1L;

        InUse(String message, Throwable cause) {
            super(message, cause);
        }
    }

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
            throw inUse(e)
                    ? new InUse(heldBy(settings), e)
                    : new CannotStart(noAnswer(address, store.user(), patience, innermost(e)), e);
        }
    }

    /** The store for one command. A file store needs the bridge to be stopped for it. */
    static Database forCommand(Settings settings) {
        TlsWiring.apply(settings);
        return of(settings, Duration.ZERO);
    }

    private static String heldBy(Settings settings) {
        return "a bridge, or another command, is using the store below "
                + settings.dataDir().toAbsolutePath()
                + ": stop it for this command, or wait; dead and closing ask a running bridge if its"
                + " management API is on (roombridge.management.port)";
    }

    private static String noAnswer(String address, String user, Duration patience, Throwable why) {
        return "the store " + shown(address) + " cannot be opened as user " + user + " (tried for "
                + patience.toSeconds() + " s): " + why.getMessage()
                + "; check that the database runs and takes this user, and roombridge.store.url, .user and .password";
    }

    /** Without what may follow the address: there a password could stand. */
    private static String shown(String address) {
        return address.split("[?;]", 2)[0];
    }

    private static boolean inUse(Throwable failure) {
        return failure != null
                && (failure instanceof SQLException sql && sql.getErrorCode() == IN_USE || inUse(failure.getCause()));
    }

    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }
}
