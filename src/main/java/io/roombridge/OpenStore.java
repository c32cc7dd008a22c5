package io.roombridge;

import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.Recreation;
import io.roombridge.ops.RunningBridge;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** The store that the settings name. */
final class OpenStore {

    /** H2's number for a file that another process has open. */
    private static final int IN_USE = 90_020;

    /** A node that reads the hub claims its partitions at least this often. */
    private static final Duration CLAIMED = Duration.ofMinutes(2);

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

    /**
     * The store for a command that a bridge at work would undo.
     *
     * @throws CannotStart while a bridge runs on it
     */
    static Database ofStoppedBridge(Settings settings, Instant now) {
        if (RunningBridge.find(settings.dataDir()).isPresent()) {
            throw running(settings);
        }
        Database database = forCommand(settings);
        // The file of the default store cannot be opened twice; a database server can.
        if (settings.store().url().isPresent()
                && new Recreation(Jdbi.create(database.dataSource())).inUseSince(now.minus(CLAIMED))) {
            database.close();
            throw running(settings);
        }
        return database;
    }

    private static CannotStart running(Settings settings) {
        return new CannotStart(
                "a bridge runs on the store of " + settings.dataDir()
                        + " (or stopped less than two minutes ago): stop every node, wait, and run this again",
                null);
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
