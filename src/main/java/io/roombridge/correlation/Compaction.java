package io.roombridge.correlation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of the default store small. H2 appends what a commit changed, and rewrites what is left of old pieces in a
 * thread of its own; with {@code WRITE_DELAY=0}, which the promise needs, that thread does not exist, and 98 of 100 bytes
 * of the file were dead (docs/rationale.md, "The file of the store"). So this asks for the same work. It only appends, as a
 * commit does: nothing is overwritten that a recovery after a crash could still need.
 */
final class Compaction implements AutoCloseable {

    /** Percent of the file that is in use; below it the emptiest old pieces are written again. */
    static final int FULL_ENOUGH = 50;

    /** Bytes written at once, so that commits do not wait long. */
    private static final int AT_ONCE = 4 << 20;

    private static final long SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final DataSource store;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread compaction = new Thread(task, "store-compaction");
        compaction.setDaemon(true);
        return compaction;
    });

    private Compaction(DataSource store) {
        this.store = store;
    }

    /** Begins, and goes on until it is closed. */
    static Compaction of(DataSource h2File) {
        Compaction compaction = new Compaction(h2File);
        compaction.thread.scheduleWithFixedDelay(compaction::run, SECONDS, SECONDS, TimeUnit.SECONDS);
        return compaction;
    }

    private void run() {
        try {
            once(store);
        } catch (SQLException | RuntimeException failure) {
            LOG.atDebug().setCause(failure).log("the store's file was not compacted; tried again later");
        }
    }

    /** H2 has no statement for it, so its own engine is asked. */
    static void once(DataSource store) throws SQLException {
        try (Connection connection = store.getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            session.getDatabase().getStore().getMvStore().compact(FULL_ENOUGH, AT_ONCE);
        }
    }

    /** Waits for what is under way: an interrupted thread would close the file. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
