package io.roombridge;

import io.roombridge.correlation.StoreLife;
import io.roombridge.log.Recurring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the store is not the one this bridge ran on, but an older copy of it. Once a minute an instant is written into
 * the store, and then into a file of the data directory. A store whose instant is the earlier one was restored from a backup,
 * lost, or is another: it does not know what was written to ServiceNow since, and would write it again.
 *
 * <p>A data directory that was restored together with its store cannot tell.
 */
final class StoreWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final String FILE = "store.lived";

    private final Recurring noting = new Recurring(LOG);
    private final Path file;
    private final StoreLife life;
    private final InstantSource clock;
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "store-watch");
        thread.setDaemon(true);
        return thread;
    });

    private StoreWatch(Path dataDirectory, StoreLife life, InstantSource clock) {
        this.file = dataDirectory.resolve(FILE);
        this.life = life;
        this.clock = clock;
    }

    /** @throws CannotStart when the store is older than what this data directory has seen of it */
    static StoreWatch begin(Path dataDirectory, StoreLife life, InstantSource clock) {
        StoreWatch watch = new StoreWatch(dataDirectory, life, clock);
        watch.requireNotOlder();
        watch.note();
        watch.beat.scheduleWithFixedDelay(watch::noteAgain, 1, 1, TimeUnit.MINUTES);
        return watch;
    }

    private void requireNotOlder() {
        Optional<Instant> seen = seen();
        Optional<Instant> lived = life.lived();
        if (seen.isPresent() && lived.filter(at -> !at.isBefore(seen.get())).isEmpty()) {
            throw new CannotStart(
                    "the store " + lived.map(at -> "was last used at " + at).orElse("is new") + ", but this bridge used"
                            + " one until " + seen.get() + " (" + file
                            + "): it is a restored backup or another store, and"
                            + " does not know what was written to ServiceNow since; run rebuild, and then start the"
                            + " bridge. To begin anew with this store delete that file",
                    null);
        }
    }

    private Optional<Instant> seen() {
        try {
            return Files.exists(file)
                    ? Optional.of(Instant.parse(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The store first: a crash in between leaves it the later one. */
    private void note() {
        Instant lives = life.lives(clock.instant());
        try {
            Path whole = Files.writeString(file.resolveSibling(FILE + ".new"), lives + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void noteAgain() {
        try {
            note();
            noting.over("age").log("the age of the store is noted again");
        } catch (RuntimeException e) {
            noting.failed("age")
                    .addKeyValue("why", e.getMessage())
                    .log("the age of the store is not noted; tried again");
        }
    }

    @Override
    public void close() {
        beat.shutdownNow();
    }
}
